import { createHash } from "node:crypto";
import type { Address } from "../model/address.ts";
import type { Location } from "../model/diagnostic.ts";
import type { Pointer } from "../model/values/pointer.ts";
import type { Desired, Resource } from "../model/resource.ts";
import type { Source } from "../model/source.ts";
import { type CompileContext, versionOf } from "./context.ts";

/** SHA-256 of all that compiling depends on: the files, their paths and order, the schemas, the names of what is not declared. Undefined where no set is kept. */
export function setKey(sources: readonly Source[], context: CompileContext): string | undefined {
  if (!context.cache?.compiled) return undefined;
  const files = sources.map(({ path, bytes, overlay }) => [path, bytes.length, overlay === true]);
  const hash = createHash("sha256").update(JSON.stringify([versionOf(context), context.names, files]));
  for (const { bytes } of sources) hash.update(bytes);
  return hash.digest("hex");
}

/** The resources of a set that was compiled again, by address. */
export type Places = ReadonlyMap<Address, Resource>;

/** The compiled set with this key as it was, where it is known. Where something was written is asked of the places, which need not be known yet. */
export function recall(key: string | undefined, { cache }: CompileContext, places: () => Places | undefined): Desired | undefined {
  const known = key === undefined ? undefined : cache?.compiled?.get(key);
  const locate = (address: Address, pointer: Pointer): Location => places()?.get(address)?.locate(pointer) ?? nowhere;
  const located = known?.resources.map((one) => Object.assign(one, { locate: (pointer: Pointer) => locate(one.address, pointer) }));
  return known && located && { resources: located, digest: known.digest };
}

const nowhere: Location = { file: "", line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
