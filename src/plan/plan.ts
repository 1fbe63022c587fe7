import type { Plan } from "../model/plan/plan.ts";
import { needs } from "./approval/approval-rules.ts";
import { type DraftPlan, draftPlan } from "./draft-plan.ts";
import { guard } from "./guard/guard.ts";
import type { PlanInput } from "./input.ts";
import { world } from "./projected-account.ts";
import { review, type ReviewedAgain, withNames } from "./review.ts";
import { sealPlan, serializePlan } from "./serialize-plan.ts";

export type { GuardLimits, MatchInput, PlanInput } from "./input.ts";

/**
 * Plans the changes that make the account match the manifests. An address with an error has no
 * changes: every change in the plan can be applied.
 */
export function plan(input: PlanInput): Plan {
  return finishPlan(draftPlan(input));
}

/** Finishes a draft: guards, approvals, the plan as data, what policies say about it. */
function finishPlan(draft: DraftPlan): Plan {
  const { planContext, drafts } = draft;
  const changes = drafts.map(({ change }) => change);
  const projected = world(planContext, drafts);
  const tripped = guard(changes, projected, planContext);
  const approvals = needs(changes, planContext.input);
  const made = serializePlan(draft, { tripped, approvals });
  return sealPlan(made, planContext.input.judge?.(made, projected) ?? [], planContext);
}

/** A reviewed plan as it is applied. The changes to send are those planned now. */
export interface Reviewed {
  readonly plan: Plan;
  /** Why the other changes are not sent. */
  readonly dropped: ReviewedAgain["dropped"];
  readonly notes: ReviewedAgain["notes"];
}

/**
 * Plans a reviewed plan again. Problems, guards, approvals and totals are those of the changes to
 * send; the digest remains the reviewed one.
 */
export function planAgain(input: PlanInput, reviewed: Plan): Reviewed {
  const draft = draftPlan(input);
  const { kept, dropped, notes } = review(reviewed, {
    ...draft,
    problems: draft.proposal.problems,
  });
  const sent = new Set(kept.map(({ change }) => change.address));
  const problems = draft.proposal.problems.filter(
    ({ address }) => address === undefined || sent.has(address),
  );
  const made = finishPlan({ ...draft, drafts: kept, proposal: { ...draft.proposal, problems } });
  const now = new Map(made.changes.map((change) => [change.id, change]));
  const unique = new Map(
    reviewed.changes.map((change) => [change.id, withNames(now.get(change.id) ?? change, change)]),
  );
  const { approvals: _, ...before } = reviewed;
  const { asOf, tripped, approvals, totals, refers, names } = made;
  const judged = {
    asOf,
    problems: made.problems,
    tripped,
    ...(approvals && { approvals }),
    totals,
    refers,
    names,
  };
  return { plan: { ...before, ...judged, changes: [...unique.values()] }, dropped, notes };
}
