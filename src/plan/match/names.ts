import { type Address, address, nameOf as lastName } from "../../model/address.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Kind, Reference } from "../../model/kind.ts";
import { valueAt, withValue } from "../../model/values/pointer.ts";

/** The manifest's name for the object of this kind and id. Undefined if no manifest claims it. */
export type NameOf = (id: string, kind: string) => string | undefined;

/** Replaces the ids in an observed spec's references by names. Ids of unmanaged objects stay. */
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

/** Types a partial spec as a spec. Omitted fields are absent, never undefined. */
export function whole(partial: Partial<Spec>): Spec {
  return partial as Spec;
}

/** The names that a reference field holds: one, several if it is a list, or none. */
export function referenceNames(spec: Spec, reference: Reference): readonly string[] {
  const value = valueAt(spec, reference.pointer);
  if (typeof value === "string") return [value];
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : [];
}

/**
 * The addresses that a spec's reference field refers to. `parent` is the parent of the object
 * itself.
 */
export function referencedAddresses(
  spec: Spec,
  reference: Reference,
  parent: string | undefined,
): readonly Address[] {
  const within = reference.scope === "parent" ? parentName(parent) : undefined;
  return referenceNames(spec, reference).map((name) => address(reference.kind, name, within));
}

/** The parent's segment in its children's addresses: its name, or its id if it is unmanaged. */
export function parentName(parent: string | undefined): string | undefined {
  return parent === undefined ? undefined : lastName(parent as Address) || parent;
}

/**
 * Reduces a value to the fields of `mention`, keys sorted. Objects on the way stay, even if empty.
 */
export function cutToMention(value: Spec, mention: Spec): Spec {
  const result: Record<string, Json> = {};
  for (const field of Object.keys(mention).sort()) {
    const [one, other] = [value[field], mention[field]];
    if (one === undefined) continue;
    result[field] = isSpec(one) && isSpec(other) ? cutToMention(one, other) : one;
  }
  return result;
}

/** Merges `more` over `old`, object by object. Lists are replaced. */
export function mergeSpecs(old: Spec, more: Spec): Spec {
  const result: Record<string, Json> = { ...old };
  for (const [field, value] of Object.entries(more)) {
    const before = old[field];
    result[field] = isSpec(before) && isSpec(value) ? mergeSpecs(before, value) : value;
  }
  return result;
}
