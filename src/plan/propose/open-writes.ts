import type { Address } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import type { Doubt } from "../../model/ledger/ledger.ts";
import type { ChangeId } from "../../model/plan/plan.ts";
import type { Resource } from "../../model/resource.ts";
import type { PlanContext } from "../diff/draft.ts";
import { whole } from "../match/names.ts";
import { formerAddresses, homeOf } from "../match/previous-names.ts";

/** The former addresses of a resource, and the one under which the ledger knows its live object. */
export function otherAddresses(
  resource: Resource,
  { input: { applied }, matching }: PlanContext,
): readonly Address[] {
  const live = matching.pairs.get(resource.address)?.observed;
  const known = live && applied.nameOf(live.id, live.kind);
  return [
    ...formerAddresses(resource, homeOf(resource, matching.pairs, applied)),
    ...(known === undefined ? [] : [known]),
  ];
}

/** An open write to the resource or, if the ledger has no id for it, to a former address. */
export function openWriteOf(resource: Resource, planContext: PlanContext): ChangeId | undefined {
  const { address } = resource;
  const { applied } = planContext.input;
  const open = applied.open(address);
  if (open !== undefined || applied.id(address) !== undefined) return open;
  return otherAddresses(resource, planContext)
    .map((one) => applied.open(one))
    .find((one) => one !== undefined);
}

/** An unsettled create under another name that may be what this resource asks for. */
export function possibleCreationOf(
  resource: Resource,
  kind: Kind,
  { input: { applied, desired }, matching }: PlanContext,
): Doubt | undefined {
  const { address, parent, state, name } = resource;
  if (state === "absent" || matching.pairs.has(address) || applied.id(address) !== undefined)
    return undefined;
  const parentId = parent === undefined ? undefined : matching.pairs.get(parent)?.observed.id;
  if (parent !== undefined && parentId === undefined) return undefined;
  const spec = whole(kind.complete(resource.spec, name));
  const doubts = applied.doubts(kind, {
    key: kind.key(spec, name),
    spec,
    ...(parentId !== undefined && { parentId }),
  });
  // An object that is known and declared cannot be this one too.
  return doubts.find(
    (one) => !one.known || !desired.resources.some((other) => other.address === one.address),
  );
}
