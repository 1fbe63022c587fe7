import type { Address } from "../../model/address.ts";
import type { Reference } from "../../model/kind.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import type { CompileContext } from "../context.ts";
import type { IdentifiedDocument } from "./entry.ts";

/** One reference to another object by name. */
export interface Mention {
  readonly reference: Reference;
  /** Pointer in the spec. */
  readonly pointer: Pointer;
  readonly name: string;
  /** The referenced address. Undefined if the kind is not declared in manifests. */
  readonly address?: Address;
}

/** The data that references are checked against. */
export interface Known {
  readonly entries: ReadonlyMap<Address, IdentifiedDocument>;
  readonly names: CompileContext["names"];
  /** False if a file could not be parsed; unknown addresses are not reported then. */
  readonly whole: boolean;
  /** A hint for an unknown name; undefined if there is none. */
  hint(entry: IdentifiedDocument, mention: Mention): Wording | undefined;
}

/** Creates hints for unknown names. At most 100 hints are made, since each compares all names. */
export function hints(
  entries: Iterable<IdentifiedDocument>,
  names: CompileContext["names"],
): Known["hint"] {
  let left = 100;
  let byScope: Map<string, string[]> | undefined;
  return (entry, { reference, name, address: target }) => {
    if (left-- <= 0) return undefined;
    byScope ??= namesByScope(entries);
    const scope = scopeOf(reference.kind, reference.scope && entry.parentName);
    const known =
      target === undefined
        ? Object.keys(names[reference.kind] ?? {})
        : (byScope.get(scope) ?? []).filter((one) => one !== entry.name);
    return didYouMean(
      name,
      known,
      fallback(reference.kind, { known, aliases: target === undefined }),
    );
  };
}

function fallback(
  kind: string,
  { known, aliases }: { readonly known: readonly string[]; readonly aliases: boolean },
): Wording {
  if (known.length > 0 && known.length <= 12) return say`Known: ${{ list: known }}.`;
  return aliases
    ? say`Write the id of the ${kind}, or give it this name in the settings.`
    : say`Declare the ${kind}, or correct the name.`;
}

function namesByScope(entries: Iterable<IdentifiedDocument>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { kind, name, parentName, absent } of entries) {
    const scope = scopeOf(kind.name, parentName);
    const own = found.get(scope) ?? [];
    if (!absent) own.push(name);
    found.set(scope, own);
  }
  return found;
}

function scopeOf(kind: string, parentName: string | undefined): string {
  return parentName === undefined ? kind : `${kind}/${parentName}`;
}
