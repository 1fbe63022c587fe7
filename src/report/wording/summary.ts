import { hasErrors } from "../../model/diagnostic.ts";
import { noHash } from "../../model/ledger/ledger.ts";
import type { Cause, Change, Plan } from "../../model/plan/plan.ts";
import { english, type Language, languageOf } from "../language/language.ts";
import { columns, flow } from "./layout.ts";
import { paint, type Tone } from "./paint.ts";
import type { Style } from "../report.ts";
import { readingWords, summarizeCoverage, unknownWords } from "./coverage.ts";
import {
  actions,
  causes,
  formatCommitment,
  count,
  delta,
  list,
  number,
  perMonth,
  short,
} from "./format.ts";

/** A plan in one sentence: "3 to create, 1 manual; 12 as declared". */
export function verdict(plan: Plan, changes: number, language: Language = english): string {
  const { totals } = plan;
  const unchanged = plan.unchanged - (plan.readings?.unknown ?? 0);
  if (changes === 0) {
    const all = count(unchanged, "resource", language);
    const still =
      unchanged === 1
        ? language.say`${all} is as declared.`
        : language.say`${all} are as declared.`;
    if (hasErrors(plan.problems))
      return language.say`Nothing can be planned until the problems are solved; ${still}`;
    return plan.problems.length > 0
      ? language.say`Nothing to do for now; ${still}`
      : language.say`Nothing to do: ${still}`;
  }
  const order = [
    "create",
    "update",
    "upgrade",
    "remove",
    "forget",
    "rename",
    "protect",
    "unprotect",
  ] as const;
  const parts = order
    .filter((action) => totals[action] > 0)
    .map((action) => actions[action](language, number(totals[action])));
  const manual = totals.manual > 0 ? [language.say`${number(totals.manual)} manual`] : [];
  const told = language.say`${list([...parts, ...manual], language)}; ${number(unchanged)} as declared.`;
  return changes === totals.rename + totals.protect + totals.unprotect
    ? language.say`Nothing to do in the account: ${told}`
    : told;
}

/** A plan's totals in money and seats. Empty if there are none. */
export function sums(plan: Plan, language: Language = english): readonly string[] {
  const { money, seats, unpriced = 0 } = plan.totals;
  const without =
    unpriced > 0
      ? language.say`without ${count(unpriced, "change", language)} whose price is not known`
      : "";
  return [
    perMonth(money, language),
    formatCommitment(money, language),
    delta(seats, "seat", language),
    without,
  ].filter(Boolean);
}

/**
 * Summary lines of a plan: what it comes to, where the changes come from, and what it was made
 * from.
 * `plan` must be sanitized, except for its changes; `collapsed` means that some changes are hidden.
 */
export function summaryLines(
  plan: Plan,
  changes: readonly Change[],
  { collapsed, style }: { readonly collapsed: boolean; readonly style: Style },
): readonly string[] {
  const language = languageOf(style);
  const hint = collapsed ? [language.say`--verbose shows every change`] : [];
  const lines = (pieces: readonly string[], tone: Tone) =>
    flow(pieces, " · ", style.width).map((line) => paint(tone, line, style));
  const origin = [
    ...whence(changes, language),
    ...summarizeCoverage(plan.coverage, language),
    ...readingWords(plan.readings, language),
  ];
  return [
    ...comesTo(plan, changes.length, style),
    ...lines(obstacles(plan, language), "bad"),
    ...lines([...origin, ...forecast(plan, changes.length, language), ...hint], "dim"),
    ...basisLines(plan, style),
  ];
}

/** A plan's summary sentence, followed by its totals. */
export function comesTo(plan: Plan, changes: number, style: Style): readonly string[] {
  const language = languageOf(style);
  const [first, ...rest] = sums(plan, language);
  const sentence = verdict(plan, changes, language);
  const pieces = first === undefined ? [sentence] : [`${sentence} ${first}`, ...rest];
  return flow(pieces, " · ", style.width).map((line) => paint(toneOf(plan, changes), line, style));
}

function toneOf(plan: Plan, changes: number): Tone {
  if (hasErrors(plan.problems)) return "bad";
  if (plan.tripped.length > 0) return "caution";
  return changes === 0 ? "good" : "strong";
}

function obstacles({ problems, readings }: Plan, language: Language): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return [
    ...(errors > 0 ? [language.say`${count(errors, "problem", language)} to solve`] : []),
    ...(problems.length > errors ? [count(problems.length - errors, "warning", language)] : []),
    ...unknownWords(readings, language),
  ];
}

/** The number of changes by cause. */
function whence(changes: readonly Change[], language: Language): readonly string[] {
  const found = new Map<Cause, number>();
  for (const { cause } of changes) found.set(cause, (found.get(cause) ?? 0) + 1);
  const order = ["manifest", "drift", "both", "new"] as const;
  return order.flatMap((cause) =>
    found.has(cause)
      ? [language.say`${language.told(causes[cause])} (${number(found.get(cause) ?? 0)})`]
      : [],
  );
}

function forecast(
  { forecast: { reads, writes } }: Plan,
  changes: number,
  language: Language,
): readonly string[] {
  return changes === 0
    ? []
    : [
        language.say`about ${count(reads, "read", language)} and ${count(writes, "write", language)}`,
      ];
}

/**
 * The plan's digest and the ledger's head, to be kept for verification. The head is never wrapped.
 */
function basisLines(plan: Plan, style: Style): readonly string[] {
  const { head } = plan.basis.ledger;
  const language = languageOf(style);
  const parts = [
    language.say`plan ${short(plan.digest)}`,
    head === noHash ? language.say`ledger empty so far` : language.say`ledger head ${head}`,
  ];
  const line = parts.join(" · ");
  return (columns(line) <= style.width ? [line] : parts).map((one) => paint("dim", one, style));
}

/** States the scope of a narrowed plan; `listed` names the addresses. */
export function summarizeNarrowing(addresses: number, listed: string, language: Language): string {
  return addresses === 0
    ? language.say`Narrowed to nothing; all is left alone.`
    : language.say`Narrowed to ${listed}; all else is left alone.`;
}
