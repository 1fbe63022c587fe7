import { type Address, address } from "../../model/address.ts";
import type { Code } from "../../model/codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Reference } from "../../model/kind.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import { below, valueAt, withValue } from "../../model/values/pointer.ts";
import type { CompileContext } from "../context.ts";
import { type IdentifiedDocument, placeProblem } from "./entry.ts";
import type { Known, Mention } from "./reference-hints.ts";

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

type Words = { readonly code: Code; readonly message: Wording; readonly hint: Wording | undefined };

function unknown({ reference, name }: Mention): Omit<Words, "hint"> {
  return {
    code: "reference/unknown",
    message:
      reference.scope === "parent"
        ? say`There is no ${reference.kind} \`${name}\` beside it.`
        : say`There is no ${reference.kind} \`${name}\`.`,
  };
}

function absent({ address }: Mention): Words {
  const hint = say`Refer to something that stays, or make this document absent too.`;
  return {
    code: "reference/absent",
    message: say`${String(address)} is declared absent, so nothing can refer to it.`,
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
