import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Address } from "../../model/address.ts";
import type { PlanContext, Draft } from "../diff/draft.ts";
import { formerAddresses, homeOf } from "./previous-names.ts";
import { observedSpec } from "./observed-spec.ts";
import { likeness } from "./possible-duplicate.ts";

/**
 * Adds to each create and upgrade the ids of live objects that could be the same (`beside`), and to
 * each create its former addresses (`formerly`). Apply stops a change if a new candidate has
 * appeared.
 */
export function withNeighbours(
  drafts: readonly Draft[],
  planContext: PlanContext,
): readonly Draft[] {
  const indices = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const indexOf = (draft: Draft) => {
    const index = indices.get(draft.kind.name) ?? alike(draft, planContext);
    indices.set(draft.kind.name, index);
    return index;
  };
  return drafts.map((draft) => {
    const { change, resource } = draft;
    if (change.action !== "create" && change.action !== "upgrade") return draft;
    const beside =
      draft.kind.duplicateKey && parentIdOf(change, planContext) !== undefined
        ? indexOf(draft).get(placeOf(draft, planContext))
        : undefined;
    const formerly =
      change.action === "create" && resource
        ? formerAddresses(
            resource,
            homeOf(resource, planContext.matching.pairs, planContext.input.applied),
          )
        : [];
    return {
      ...draft,
      change: {
        ...change,
        ...(beside && { beside }),
        ...(formerly.length > 0 && { formerly }),
      } as Change,
    };
  });
}

function alike({ kind }: Draft, { matching }: PlanContext): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const observed of matching.live(kind.name)) {
    const place = at(
      observed.parentId ?? "",
      likeness(observedSpec(observed, kind, matching), kind),
    );
    const others = index.get(place);
    if (others) others.push(observed.id);
    else index.set(place, [observed.id]);
  }
  for (const ids of index.values()) ids.sort();
  return index;
}

function placeOf({ change, kind }: Draft, planContext: PlanContext): string {
  return at(
    parentIdOf(change, planContext) ?? "",
    "desired" in change ? likeness(change.desired, kind) : undefined,
  );
}

function parentIdOf({ parent }: Change, { matching }: PlanContext): Observed["id"] | undefined {
  return parent === undefined ? "" : matching.pairs.get(parent as Address)?.observed.id;
}

function at(parentId: string, like: string | undefined): string {
  return `${parentId}\n${like ?? ""}`;
}
