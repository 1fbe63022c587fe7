import type { Address } from "../model/address.ts";
import { compare, type Diagnostic } from "../model/diagnostic.ts";
import type { Change } from "../model/plan/plan.ts";
import type { Desired } from "../model/resource.ts";
import { say } from "../model/text/phrase.ts";
import { check } from "./check.ts";
import { dueNow } from "./dated.ts";
import type { Draft, PlanContext } from "./diff/draft.ts";
import type { PlanInput } from "./input.ts";
import { withNeighbours } from "./match/beside.ts";
import { match } from "./match/match.ts";
import { order, type PlanRefusal } from "./order/order.ts";
import { world } from "./projected-account.ts";
import { prospects } from "./projected-specs.ts";
import type { Proposal } from "./propose/proposal.ts";
import { propose } from "./propose/propose.ts";

/** The changes to make, checked and in order, before guards and approvals. */
export interface DraftPlan {
  readonly planContext: PlanContext;
  readonly drafts: readonly Draft[];
  readonly proposal: Proposal;
}

/** Drafts the changes: match, diff, check, order. */
export function draftPlan(input: PlanInput): DraftPlan {
  const now = dueNow({ ...input, desired: sorted(input.desired) }, match(input));
  const planContext: PlanContext = { ...now, find: prospects(now.input, now.matching) };
  const proposal = propose(planContext);
  const drafts = inOrder(withNeighbours(proposal.drafts, planContext), input);
  const checked = check(drafts, world(planContext, drafts));
  const ordered = order(drafts, withErrors(proposal.refusals, checked), planContext);
  return {
    planContext,
    drafts: ordered.drafts,
    proposal: { ...proposal, problems: [...proposal.problems, ...checked, ...ordered.problems] },
  };
}

function sorted({ resources, digest }: Desired): Desired {
  return {
    resources: [...resources].sort((left, right) => compare(left.address, right.address)),
    digest,
  };
}

function withErrors(
  refusals: Proposal["refusals"],
  problems: readonly Diagnostic[],
): ReadonlyMap<Address, PlanRefusal> {
  const all = new Map(refusals);
  for (const { severity, address } of problems) {
    if (severity === "error" && address !== undefined)
      all.set(address, { severity, why: say`has a problem of its own` });
  }
  return all;
}

function inOrder(drafts: readonly Draft[], { kinds }: PlanInput): readonly Draft[] {
  const place = new Map(kinds.map((kind, index) => [kind.name, index]));
  const at = ({ kind }: Change) => place.get(kind) ?? 0;
  return [...drafts].sort(
    ({ change: left }, { change: right }) =>
      at(left) - at(right) ||
      compare(left.address, right.address) ||
      numberOf(left) - numberOf(right),
  );
}

function numberOf({ id }: Change): number {
  return Number(id.slice(id.lastIndexOf("#") + 1));
}
