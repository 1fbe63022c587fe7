import type { Code } from "../../model/codes.ts";
import { type Address, address } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Json, Spec } from "../../model/values/json.ts";
import { isSpec } from "../../model/values/json.ts";
import type { Reference } from "../../model/kind.ts";
import { below, type Pointer, valueAt, withValue } from "../../model/values/pointer.ts";
import { say } from "../../model/text/say.ts";
import type { CompileContext } from "../context.ts";
import { type IdentifiedDocument, placeProblem } from "./entry.ts";
import { didYouMean } from "../../model/text/similar.ts";

/** One reference to another object by name. */
export interface Mention {
  readonly reference: Reference;
  /** Pointer in the spec. */
  readonly pointer: Pointer;
  readonly name: string;
  /** The referenced address. Undefined if the kind is not declared in manifests. */
  readonly address?: Address;
}

/** The references in a document's spec. */
export function mentions(
  entry: IdentifiedDocument,
  declared: ReadonlySet<string>,
): readonly Mention[] {
  const found: Mention[] = [];
  const spec = specOf(entry);
  for (const reference of entry.kind.references) {
    const { pointer } = reference;
    const value = valueAt(spec, pointer);
    const target = (name: string) =>
      declared.has(reference.kind) ? meant(entry, reference, name) : undefined;
    if (typeof value === "string")
      found.push({ reference, pointer, name: value, address: target(value) });
    if (!Array.isArray(value)) continue;
    for (const [index, name] of value.entries())
      if (typeof name === "string")
        found.push({ reference, pointer: below(pointer, index), name, address: target(name) });
  }
  return found;
}

function meant(
  { parentName }: IdentifiedDocument,
  { kind, scope }: Reference,
  name: string,
): Address {
  return address(kind, name, scope === "parent" ? parentName : undefined);
}

/** A document's spec; empty if it has none. */
export function specOf(entry: IdentifiedDocument): Spec {
  return isSpec(entry.document.spec) ? entry.document.spec : {};
}

/** The data that references are checked against. */
export interface Known {
  readonly entries: ReadonlyMap<Address, IdentifiedDocument>;
  readonly names: CompileContext["names"];
  /** False if a file could not be parsed; unknown addresses are not reported then. */
  readonly whole: boolean;
  /** A hint for an unknown name; undefined if there is none. */
  hint(entry: IdentifiedDocument, mention: Mention): string | undefined;
}

/**
 * Reports references to unknown objects, and to objects declared absent unless the document is
 * absent, too.
 */
export function brokenReferences(
  entry: IdentifiedDocument,
  found: readonly Mention[],
  known: Known,
): readonly Diagnostic[] {
  return found.flatMap((one) =>
    one.address === undefined ? outside(entry, one, known) : inside(entry, one, known),
  );
}

function inside(entry: IdentifiedDocument, one: Mention, known: Known): readonly Diagnostic[] {
  const target = one.address && known.entries.get(one.address);
  if (target) return target.absent && !entry.absent ? [complain(entry, one, absent(one))] : [];
  return known.whole
    ? [complain(entry, one, { ...unknown(one), hint: known.hint(entry, one) })]
    : [];
}

function outside(entry: IdentifiedDocument, one: Mention, known: Known): readonly Diagnostic[] {
  const isKnown = aliasOf(known.names, one) !== undefined || isId(one.name);
  return isKnown ? [] : [complain(entry, one, { ...unknown(one), hint: known.hint(entry, one) })];
}

type Words = { readonly code: Code; readonly message: string; readonly hint: string | undefined };

function unknown({ reference, name }: Mention): Omit<Words, "hint"> {
  const missing = say`There is no ${reference.kind} \`${name}\``;
  return {
    code: "reference/unknown",
    message: reference.scope === "parent" ? say`${missing} beside it.` : `${missing}.`,
  };
}

function absent({ address }: Mention): Words {
  const hint = say`Refer to something that stays, or make this document absent too.`;
  return {
    code: "reference/absent",
    message: say`${address} is declared absent, so nothing can refer to it.`,
    hint,
  };
}

function complain(
  entry: IdentifiedDocument,
  { pointer }: Mention,
  { code, message, hint }: Words,
): Diagnostic {
  const words = {
    code,
    message,
    pointer: `/spec${pointer}`,
    part: "value" as const,
    ...(hint !== undefined && { hint }),
  };
  return placeProblem(entry.written, words, entry.address);
}

/** Replaces aliases of kinds that are not declared by their ids. */
export function withoutAliases(
  spec: Spec,
  found: readonly Mention[],
  names: CompileContext["names"],
): Spec {
  return found.reduce((sum, one) => {
    const id = one.address === undefined ? aliasOf(names, one) : undefined;
    return id === undefined ? sum : replaced(sum, one, id);
  }, spec);
}

function replaced(spec: Spec, { reference, pointer }: Mention, id: string): Spec {
  const list = valueAt(spec, reference.pointer);
  if (!Array.isArray(list)) return withValue(spec, pointer, id);
  const index = Number(pointer.slice(reference.pointer.length + 1));
  return withValue(
    spec,
    reference.pointer,
    list.map((item: Json, at) => (at === index ? id : item)),
  );
}

function aliasOf(names: CompileContext["names"], { reference, name }: Mention): string | undefined {
  const own = Object.hasOwn(names, reference.kind) ? names[reference.kind] : undefined;
  return own && Object.hasOwn(own, name) ? own[name] : undefined;
}

/** A GUID, or a new-commerce id in two or three parts separated by colons. */
function isId(name: string): boolean {
  return /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[a-z0-9]{12}:[a-z0-9]{4}(?::[a-z0-9]+)?)$/i.test(
    name,
  );
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
): string {
  if (known.length > 0 && known.length <= 12) return say`Known: ${known.join(", ")}.`;
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
