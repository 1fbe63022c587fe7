import type { Address } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { ChangeId } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import type { ResourceDiff } from "../diff/diff.ts";
import type { Draft } from "../diff/draft.ts";
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

/** Plans nothing for the resource of the problem. */
export function refuse(proposal: Proposal, diagnostic: Diagnostic, why: string): void {
  proposal.problems.push(diagnostic);
  if (diagnostic.address !== undefined)
    proposal.refusals.set(diagnostic.address, { severity: diagnostic.severity, why });
}
