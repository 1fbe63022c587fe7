import type { Address } from "../../model/address.ts";
import { compare } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { PlanContext, Draft } from "./draft.ts";
import { referenceNames, referencedAddresses } from "../match/names.ts";

/**
 * Ids, by address, of matched objects that changes live in or refer to, before or after the change.
 */
export function refers(drafts: readonly Draft[], { matching }: PlanContext): Plan["refers"] {
  const ids = new Map<string, string>();
  const add = (address: string | undefined) => {
    const pair = matching.pairs.get(address as Address);
    if (address !== undefined && pair !== undefined) ids.set(address, pair.observed.id);
  };
  for (const { change, kind } of drafts) {
    add(change.parent);
    for (const spec of specs(change)) {
      for (const reference of kind.references)
        referencedAddresses(spec, reference, change.parent).forEach(add);
    }
  }
  return inOrder(ids);
}

/** The catalogue's names, by id, for objects of undeclared kinds that changes refer to. */
export function names(
  drafts: readonly Draft[],
  { input: { kinds, catalogue } }: PlanContext,
): Plan["names"] {
  const declared = new Set(kinds.filter((kind) => kind.declared).map(({ name }) => name));
  const known = new Map<string, string>();
  for (const { change, kind } of drafts) {
    const foreign = kind.references.filter((reference) => !declared.has(reference.kind));
    for (const id of specs(change).flatMap((spec) =>
      foreign.flatMap((reference) => referenceNames(spec, reference)),
    )) {
      const name = known.has(id) ? undefined : catalogue?.find(id)?.name;
      if (typeof name === "string") known.set(id, name);
    }
  }
  return inOrder(known);
}

function specs(change: Draft["change"]) {
  if (change.action === "create") return [change.desired];
  return "desired" in change ? [change.desired, change.observed.spec] : [change.observed.spec];
}

function inOrder(entries: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].sort(([left], [right]) => compare(left, right)));
}
