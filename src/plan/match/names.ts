import { type Address, address, nameOf as lastName } from "../../model/address.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Kind, Reference } from "../../model/kind.ts";
import { valueAt, withValue } from "../../model/values/pointer.ts";

/** The name a manifest gives to the object of a kind with this id; undefined where no manifest claims it. */
export type NameOf = (id: string, kind: string) => string | undefined;

/** An observed spec with its references spelled as names; those to what no manifest claims stay ids. */
export function nameReferences(spec: Spec, kind: Kind, nameOf: NameOf): Spec {
  let result = spec;
  for (const reference of kind.references) {
    const value = valueAt(spec, reference.pointer);
    const name = value === undefined ? value : inNames(value, reference.kind, nameOf);
    if (name !== value) result = withValue(result, reference.pointer, name);
  }
  return result;
}

function inNames(value: Json, kind: string, nameOf: NameOf): Json {
  if (typeof value === "string") return nameOf(value, kind) ?? value;
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === "string" ? (nameOf(item, kind) ?? item) : item));
}

/** A partial spec as a spec: what a manifest or an adapter leaves out is absent, never undefined. */
export function whole(partial: Partial<Spec>): Spec {
  return partial as Spec;
}

/** The names a reference field holds. */
export function referenceNames(spec: Spec, reference: Reference): readonly string[] {
  const value = valueAt(spec, reference.pointer);
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The addresses a spec refers to with one of its kind's references; `parent` is where the object itself lives. */
export function referencedAddresses(spec: Spec, reference: Reference, parent: string | undefined): readonly Address[] {
  const within = reference.scope === "parent" ? parentName(parent) : undefined;
  return referenceNames(spec, reference).map((name) => address(reference.kind, name, within));
}

/** What stands for a parent in the addresses of its children: its name, or its id where no manifest claims it. */
export function parentName(parent: string | undefined): string | undefined {
  return parent === undefined ? undefined : lastName(parent as Address) || parent;
}

/** The part of a value that the mention speaks of; objects on the way are kept even when nothing in them is mentioned. */
export function cutToMention(value: Spec, mention: Spec): Spec {
  const result: Record<string, Json> = {};
  for (const field of Object.keys(mention).sort()) {
    const [one, other] = [value[field], mention[field]];
    if (one === undefined) continue;
    result[field] = isSpec(one) && isSpec(other) ? cutToMention(one, other) : one;
  }
  return result;
}

/** A spec with the fields of another over it, object by object. */
export function mergeSpecs(old: Spec, more: Spec): Spec {
  const result: Record<string, Json> = { ...old };
  for (const [field, value] of Object.entries(more)) {
    const before = old[field];
    result[field] = isSpec(before) && isSpec(value) ? mergeSpecs(before, value) : value;
  }
  return result;
}
