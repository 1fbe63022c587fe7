import { createHash } from "node:crypto";
import type { Address } from "../model/address.ts";
import type { Checked, Location } from "../model/diagnostic.ts";
import type { Pointer } from "../model/pointer.ts";
import type { Desired, Resource } from "../model/resource.ts";
import type { CompiledSet, Source } from "../model/source.ts";
import { versionOf } from "./assemble.ts";
import type { CompileContext } from "./context.ts";
import type { Resolved } from "./identity.ts";

/** SHA-256 of all that compiling depends on: the files, their paths and order, the schemas, the names of what is not declared. */
export function setKey(sources: readonly Source[], { kinds, names }: CompileContext): string {
  const files = sources.map(({ path, bytes, overlay }) => [path, bytes.length, overlay === true]);
  const hash = createHash("sha256").update(JSON.stringify([versionOf(kinds), names, files]));
  for (const { bytes } of sources) hash.update(bytes);
  return hash.digest("hex");
}

/** A compiled set as it was; it is compiled again only when somebody asks where something was written. */
export function recall({ digest, resources }: CompiledSet, again: () => Checked<readonly Resolved[]>): Desired {
  let places: ReadonlyMap<Address, Resource> | undefined;
  const locate = (address: Address, pointer: Pointer): Location => {
    places ??= placesOf(again());
    return places.get(address)?.locate(pointer) ?? nowhere;
  };
  const located = resources.map((one) => Object.assign(one, { locate: (pointer: Pointer) => locate(one.address, pointer) }));
  return { resources: located, digest };
}

function placesOf(compiled: Checked<readonly Resolved[]>): ReadonlyMap<Address, Resource> {
  return new Map(compiled.ok ? compiled.value.map(({ resource }) => [resource.address, resource]) : []);
}

const nowhere: Location = { file: "", line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
