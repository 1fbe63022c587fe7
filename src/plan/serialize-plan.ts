import { compare, type Diagnostic } from "../model/diagnostic.ts";
import { type Change, type Plan, planDigest, type Ref } from "../model/plan/plan.ts";
import { quoter, type Quoting } from "../model/text/quotes.ts";
import { coverageOf } from "./coverage.ts";
import { inTime } from "./dated.ts";
import type { PlanContext } from "./diff/draft.ts";
import { personalIn, personalOf } from "./diff/personal.ts";
import { names, refers } from "./diff/referenced-ids.ts";
import { finish } from "./diff/serialize-change.ts";
import type { DraftPlan } from "./draft-plan.ts";
import { forecast } from "./forecast.ts";
import { totals } from "./guard/totals.ts";
import { openElsewhere } from "./match/open-elsewhere.ts";
import { parentOf } from "./match/observed-spec.ts";
import { seesAll } from "./propose/propose.ts";
import { textOf, textsOf, type Worded } from "../model/text/recorded.ts";

type PlanBody = Omit<Plan, "digest">;

/**
 * A draft as plain JSON, with its guards and approvals, in a fixed order and without its digest.
 */
export function serializePlan(
  { planContext, drafts, proposal }: DraftPlan,
  {
    tripped,
    approvals,
  }: { readonly tripped: Plan["tripped"]; readonly approvals: NonNullable<Plan["approvals"]> },
): PlanBody {
  const { account, asOf, hypothetical, scope, partial, basis, open = [] } = planContext.input;
  const { problems, unchanged, awaited, sentOtherwise, upcoming } = proposal;
  const quotes = quoter(() => personalIn(planContext.input));
  const judged = drafts.map(({ change }) => change);
  const changes = drafts.map(finish).map((change) => ({
    ...change,
    ...joinQuotes(quotes(change.note), stepQuotes(change, planContext)),
  }));
  const unmanaged = seesAll(planContext.input) ? unmanagedOf(planContext) : null;
  const unknown = [...new Set([...open.map(({ change }) => change), ...sentOtherwise])].sort(
    compare,
  );
  return {
    version: 1,
    account: { id: account.id, adapter: account.adapter },
    asOf,
    ...(hypothetical && { hypothetical }),
    ...(scope && { scope: [...new Set(scope)].sort(compare) }),
    ...(partial && { partial }),
    ...(unknown.length > 0 && { open: unknown }),
    basis: basisOf(basis),
    changes,
    ...(upcoming.length > 0 && { upcoming: [...upcoming].sort(inTime) }),
    unchanged,
    unmanaged,
    coverage: unmanaged && coverageOf(planContext, { unmanaged, changes: judged }),
    problems: [...problems, ...openElsewhere(open, awaited)].sort(byAddress).map(quoting(quotes)),
    tripped: tripped.map(quoting(quotes)),
    ...(approvals.length > 0 && { approvals }),
    totals: totals(judged),
    forecast: forecast(drafts, planContext, tripped),
    refers: refers(drafts, planContext),
    names: names(drafts, planContext),
  };
}

/** The finished plan: with the findings of policies and the digest. */
export function sealPlan(
  made: PlanBody,
  findings: readonly Diagnostic[],
  { input }: PlanContext,
): Plan {
  const told = findings.map(quoting(quoter(() => personalIn(input))));
  const problems = [...made.problems, ...told].sort(byAddress);
  const body = findings.length === 0 ? made : { ...made, problems };
  return { ...body, digest: planDigest(body) };
}

type Spoken = Worded & { readonly message: string; readonly hint?: string };

function quoting(quotes: ReturnType<typeof quoter>): <T extends Spoken>(one: T) => T {
  return (one) => ({ ...one, ...quotes(textOf(one, "message"), textOf(one, "hint")) });
}

/**
 * Steps are generated and quote only the change's own object. A note is free text and may name
 * anybody.
 */
function stepQuotes(change: Change, { input: { kinds } }: PlanContext): Quoting {
  const personal = kinds.find(({ name }) => name === change.kind)?.personal ?? [];
  return change.steps
    ? quoter(() => personalOf(change, personal))(...textsOf(change, "steps"))
    : {};
}

function joinQuotes(...all: readonly Quoting[]): Quoting {
  const quotes = [...new Set(all.flatMap((one) => one.quotes ?? []))].sort();
  return quotes.length > 0 ? { quotes } : {};
}

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

function byAddress(left: Diagnostic, right: Diagnostic): number {
  return (
    compare(left.address ?? "", right.address ?? "") ||
    compare(left.code, right.code) ||
    compare(left.message, right.message)
  );
}
