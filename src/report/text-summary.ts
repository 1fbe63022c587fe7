import { hasErrors } from "../model/diagnostic.ts";
import { noHash } from "../model/ledger.ts";
import type { Cause, Change, Plan } from "../model/plan.ts";
import { columns, flow, wrap } from "./layout.ts";
import { paint, type Tone } from "./paint.ts";
import type { Style } from "./report.ts";
import { causes, committed, count, delta, number, perMonth, short } from "./words.ts";

/** What a plan comes to, in one sentence: "3 to create, 1 by hand; 12 as declared". */
export function verdict(plan: Plan, changes: number): string {
  const { totals, unchanged } = plan;
  if (changes === 0) {
    const still = `${count(unchanged, "resource")} ${unchanged === 1 ? "is" : "are"} as declared.`;
    if (hasErrors(plan.problems)) return `Nothing can be planned until the problems are solved; ${still}`;
    return plan.problems.length > 0 ? `Nothing to do for now; ${still}` : `Nothing to do: ${still}`;
  }
  const actions = ["create", "update", "upgrade", "remove", "release"] as const;
  const parts = actions.filter((action) => totals[action] > 0).map((action) => `${number(totals[action])} to ${action}`);
  const hand = totals.hand > 0 ? [`${number(totals.hand)} by hand`] : [];
  return `${[...parts, ...hand].join(", ")}; ${number(unchanged)} as declared.`;
}

/** What a plan adds up to: money, seats. Empty where nothing. */
export function sums(plan: Plan): readonly string[] {
  return [perMonth(plan.totals.money), committed(plan.totals.money), delta(plan.totals.seats, "seat")].filter(Boolean);
}

/** Counts and totals of a plan that is already clean, but for its changes; `collapsed` where not all of them were shown. */
export function summaryLines(
  plan: Plan,
  changes: readonly Change[],
  { collapsed, style }: { readonly collapsed: boolean; readonly style: Style },
): readonly string[] {
  const lines = (pieces: readonly string[], tone: Tone) => flow(pieces, " · ", style.width).map((line) => paint(tone, line, style));
  return [
    ...wrap(verdict(plan, changes.length), style.width).map((line) => paint(toneOf(plan, changes.length), line, style)),
    ...lines(sums(plan), "strong"),
    ...lines(obstacles(plan), "bad"),
    ...lines(whence(changes), "dim"),
    ...lines([...covered(plan.coverage), ...forecast(plan, changes.length), ...(collapsed ? ["--verbose shows every change"] : [])], "dim"),
  ];
}

function toneOf(plan: Plan, changes: number): Tone {
  if (hasErrors(plan.problems)) return "bad";
  if (plan.tripped.length > 0) return "caution";
  return changes === 0 ? "good" : "strong";
}

function obstacles({ problems, tripped }: Plan): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return [
    ...(errors > 0 ? [`${count(errors, "problem")} to solve`] : []),
    ...(problems.length > errors ? [count(problems.length - errors, "warning")] : []),
    ...(tripped.length > 0 ? [`${count(tripped.length, "guard")} to lift`] : []),
  ];
}

/** How many changes have which cause. */
function whence(changes: readonly Change[]): readonly string[] {
  const found = new Map<Cause, number>();
  for (const { cause } of changes) found.set(cause, (found.get(cause) ?? 0) + 1);
  const order = ["manifest", "drift", "both", "new"] as const;
  return order.flatMap((cause) => (found.has(cause) ? [`${causes[cause]} (${number(found.get(cause) ?? 0)})`] : []));
}

/** How many objects are managed, unmanaged and missing; nothing where a narrowed plan cannot know. */
export function covered(coverage: Plan["coverage"]): readonly string[] {
  if (coverage === null) return [];
  return [`${number(coverage.managed)} managed`, `${number(coverage.unmanaged)} unmanaged`, `${number(coverage.missing)} missing`];
}

function forecast({ forecast: { reads, writes } }: Plan, changes: number): readonly string[] {
  return changes === 0 ? [] : [`about ${count(reads, "read")} and ${count(writes, "write")}`];
}

/** What to keep elsewhere to check a plan and the ledger by; the head stays in one piece. */
export function basisLines(plan: Plan, style: Style): readonly string[] {
  const { head } = plan.basis.ledger;
  const parts = [`plan ${short(plan.digest)}`, head === noHash ? "ledger empty so far" : `ledger head ${head}`];
  const line = parts.join(" · ");
  return (columns(line) <= style.width ? [line] : parts).map((one) => paint("dim", one, style));
}
