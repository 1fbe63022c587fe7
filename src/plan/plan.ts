import type { Address } from "../model/address.ts";
import { compare, type Diagnostic } from "../model/diagnostic.ts";
import { digestInParts } from "../model/values/digest.ts";
import type { Change, Plan, Ref } from "../model/plan/plan.ts";
import { type Quoting, quoter } from "../model/text/quotes.ts";
import type { Desired } from "../model/resource.ts";
import { say } from "../model/text/say.ts";
import { withNeighbours } from "./match/beside.ts";
import { check } from "./check.ts";
import type { PlanContext, Draft } from "./diff/draft.ts";
import { finish } from "./diff/serialize-change.ts";
import { forecast } from "./forecast.ts";
import { guard } from "./guard/guard.ts";
import type { PlanInput } from "./input.ts";
import { match } from "./match/match.ts";
import { needs } from "./approval/approval-rules.ts";
import { openElsewhere } from "./match/open-elsewhere.ts";
import { order, type PlanRefusal } from "./order/order.ts";
import { personalIn, personalOf } from "./diff/personal.ts";
import { type Proposal, propose, seesAll } from "./propose.ts";
import { prospects } from "./projected-specs.ts";
import { names, refers } from "./diff/referenced-ids.ts";
import { type ReviewedAgain, review, withNames } from "./review.ts";
import { parentOf } from "./match/observed-spec.ts";
import { coverageOf } from "./coverage.ts";
import { totals } from "./guard/totals.ts";
import { world } from "./projected-account.ts";

export type { GuardLimits, MatchInput, PlanInput } from "./input.ts";

/**
 * Plans the changes that make the account match the manifests. An address with an error has no
 * changes: every change in the plan can be applied.
 */
export function plan(input: PlanInput): Plan {
  const { planContext, drafts, proposal } = drafted(input);
  return assemble(planContext, drafts, proposal);
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
  const { planContext, drafts, proposal } = drafted(input);
  const { kept, dropped, notes } = review(reviewed, {
    planContext,
    drafts,
    problems: proposal.problems,
  });
  const sent = new Set(kept.map(({ change }) => change.address));
  const problems = proposal.problems.filter(
    ({ address }) => address === undefined || sent.has(address),
  );
  const made = assemble(planContext, kept, { ...proposal, problems });
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

interface Drafted {
  readonly planContext: PlanContext;
  readonly drafts: readonly Draft[];
  readonly proposal: Proposal;
}

function drafted(input: PlanInput): Drafted {
  const matching = match(input);
  const planContext: PlanContext = {
    input: { ...input, desired: sorted(input.desired) },
    matching,
    find: prospects(input, matching),
  };
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

/**
 * Steps are generated and quote only the change's own object. A note is free text and may name
 * anybody.
 */
function stepQuotes(change: Change, { input: { kinds } }: PlanContext): Quoting {
  const personal = kinds.find(({ name }) => name === change.kind)?.personal ?? [];
  return change.steps ? quoter(() => personalOf(change, personal))(...change.steps) : {};
}

function both(...all: readonly Quoting[]): Quoting {
  const quotes = [...new Set(all.flatMap((one) => one.quotes ?? []))].sort();
  return quotes.length > 0 ? { quotes } : {};
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

function assemble(
  planContext: PlanContext,
  drafts: readonly Draft[],
  { problems, unchanged, awaited, sentOtherwise }: Proposal,
): Plan {
  const { account, asOf, hypothetical, scope, partial, basis, open = [] } = planContext.input;
  const judged = drafts.map(({ change }) => change);
  const quotes = quoter(() => personalIn(planContext.input));
  const quoting = <T extends Spoken>(one: T): T => ({ ...one, ...quotes(one.message, one.hint) });
  const changes = drafts.map(finish).map((change) => ({
    ...change,
    ...both(quotes(change.note), stepQuotes(change, planContext)),
  }));
  const unmanaged = seesAll(planContext.input) ? unmanagedOf(planContext) : null;
  const approvals = needs(judged, planContext.input);
  const around = world(planContext, drafts);
  const unknown = [...new Set([...open.map(({ change }) => change), ...sentOtherwise])].sort(
    compare,
  );
  const tripped = guard(judged, around, planContext);
  const found = {
    version: 1,
    account: { id: account.id, adapter: account.adapter },
    asOf,
    ...(hypothetical && { hypothetical }),
    ...(scope && { scope: [...new Set(scope)].sort(compare) }),
    ...(partial && { partial }),
    ...(unknown.length > 0 && { open: unknown }),
    basis: basisOf(basis),
    changes,
    unchanged,
    unmanaged,
    coverage: unmanaged && coverageOf(planContext, { unmanaged, changes: judged }),
    problems: [...problems, ...openElsewhere(open, awaited)].sort(byAddress).map(quoting),
    tripped: tripped.map(quoting),
    ...(approvals.length > 0 && { approvals }),
    totals: totals(judged),
    forecast: forecast(drafts, planContext, tripped),
    refers: refers(drafts, planContext),
    names: names(drafts, planContext),
  } as const;
  const more = planContext.input.judge?.(found, around) ?? [];
  const body =
    more.length === 0
      ? found
      : { ...found, problems: [...found.problems, ...more.map(quoting)].sort(byAddress) };
  return {
    ...body,
    digest: digestInParts({ ...body, problems: body.problems.map(({ at, ...rest }) => rest) }),
  };
}

type Spoken = { readonly message: string; readonly hint?: string };

function basisOf({
  ledger,
  manifests,
  settings,
  policies,
  commit,
  localChanges,
  environment,
  authors,
}: Plan["basis"]): Plan["basis"] {
  return {
    ledger: { id: ledger.id, head: ledger.head },
    manifests,
    settings,
    ...(policies !== undefined && { policies }),
    ...(commit !== undefined && { commit }),
    ...(localChanges && { localChanges }),
    ...(environment !== undefined && { environment }),
    ...(authors && { authors }),
  };
}

function unmanagedOf({ input, matching }: PlanContext): readonly Ref[] {
  const kinds = new Map(input.kinds.map((kind, index) => [kind.name, { kind, index }]));
  const place = (ref: Ref) => kinds.get(ref.kind)?.index ?? 0;
  const refs = matching.unmanaged.map((observed): Ref => {
    const of = kinds.get(observed.kind);
    const parent = of && parentOf(observed, of.kind, matching);
    return {
      kind: observed.kind,
      id: observed.id,
      key: observed.key,
      ...(parent !== undefined && { parent }),
    };
  });
  return refs.sort(
    (left, right) =>
      place(left) - place(right) ||
      compare(left.parent ?? "", right.parent ?? "") ||
      compare(left.key, right.key) ||
      compare(left.id, right.id),
  );
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

function byAddress(left: Diagnostic, right: Diagnostic): number {
  return (
    compare(left.address ?? "", right.address ?? "") ||
    compare(left.code, right.code) ||
    compare(left.message, right.message)
  );
}
