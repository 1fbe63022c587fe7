import { createHash } from "node:crypto";
import type { Address } from "../model/address.ts";
import type { Location } from "../model/diagnostic.ts";
import type { Pointer } from "../model/values/pointer.ts";
import type { Desired, Resource } from "../model/resource.ts";
import type { Source } from "../model/source.ts";
import { type CompileContext, versionOf } from "./context.ts";

/**
 * The cache key of a manifest set: SHA-256 of everything that affects compilation (compiler and
 * schemas, alias names, and the order, paths and contents of the files). Undefined if no cache of
 * compiled sets is configured.
 */
export function setKey(sources: readonly Source[], context: CompileContext): string | undefined {
  if (!context.cache?.compiled) return undefined;
  const files = sources.map(({ path, bytes, overlay }) => [path, bytes.length, overlay === true]);
  const hash = createHash("sha256").update(
    JSON.stringify([versionOf(context), context.names, files]),
  );
  for (const { bytes } of sources) hash.update(bytes);
  return hash.digest("hex");
}

/** Compiled resources by address, used to locate fields in their source files. */
export type Places = ReadonlyMap<Address, Resource>;

/**
 * The compiled set cached under this key, or undefined. Its resources locate fields with `places`,
 * which is called on every lookup; until it returns a map, locations have an empty file name.
 */
export function recall(
  key: string | undefined,
  { cache }: CompileContext,
  places: () => Places | undefined,
): Desired | undefined {
  const known = key === undefined ? undefined : cache?.compiled?.get(key);
  const locate = (address: Address, pointer: Pointer): Location =>
    places()?.get(address)?.locate(pointer) ?? nowhere;
  const located = known?.resources.map((one) =>
    Object.assign(one, { locate: (pointer: Pointer) => locate(one.address, pointer) }),
  );
  return known && located && { resources: located, digest: known.digest };
}

const nowhere: Location = { file: "", line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
