import type { Address } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Upcoming } from "../../model/plan/dated.ts";
import type { ChangeId } from "../../model/plan/plan.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { upcomingOf } from "../dated.ts";
import type { ResourceDiff } from "../diff/diff.ts";
import type { Draft, PlanContext } from "../diff/draft.ts";
import type { PlanRefusal } from "../order/order.ts";

/** The changes to be made, and the addresses for which nothing can be planned. */
export interface Proposal {
  readonly drafts: Draft[];
  readonly problems: Diagnostic[];
  readonly refusals: Map<Address, PlanRefusal>;
  /** Open writes that prevent planning; `problems` mention them. */
  readonly awaited: Set<ChangeId>;
  /**
   * Creates that were sent with other values. Only a later read showed that they did not happen.
   */
  readonly sentOtherwise: Set<ChangeId>;
  readonly upcoming: Upcoming[];
  /** The number of resources that are as declared. */
  unchanged: number;
}

/** Plans nothing for a resource while the outcome of a write is not known. */
export function awaitWrite(proposal: Proposal, why: Diagnostic): void {
  refuse(proposal, why, say`has a write whose outcome is not known yet`);
}

/** Adds what the comparison of a resource gave. */
export function addOutcome(outcome: ResourceDiff, proposal: Proposal): void {
  if (outcome.length === 0) proposal.unchanged += 1;
  for (const one of outcome) {
    if ("change" in one) proposal.drafts.push(one);
    else refuse(proposal, one, say`has a problem of its own`);
  }
}

/** Adds what becomes due later for a resource, and what is to be said of its dated decision. */
export function addDated(
  resource: Resource,
  { dated, input }: PlanContext,
  proposal: Proposal,
): void {
  const { address } = resource;
  const found = dated.get(address);
  for (const { field = "", ...one } of found?.objections ?? []) {
    const told = { ...one, at: resource.locate(`/spec${field}`), address };
    if (one.severity === "error") refuse(proposal, told, say`has a problem of its own`);
    else proposal.problems.push(told);
  }
  proposal.upcoming.push(...upcomingOf(resource, found, input));
}

/** Plans nothing for the resource of the problem. */
export function refuse(proposal: Proposal, diagnostic: Diagnostic, why: string): void {
  proposal.problems.push(diagnostic);
  if (diagnostic.address !== undefined)
    proposal.refusals.set(diagnostic.address, { severity: diagnostic.severity, why });
}
