import { textOf } from "../../../model/text/recorded.ts";
import type { ChangeId, Plan } from "../../../model/plan/plan.ts";
import type { Receipt, Result } from "../../../model/plan/receipt.ts";
import { type Language, languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { clean } from "../../sanitize.ts";
import { type Fold, foldedResults } from "../../wording/fold-results.ts";
import { commitWords, number, short } from "../../wording/format.ts";
import { itemOf } from "../../wording/item.ts";
import { columns, flow, indentLines, pad, page, widest, wrap } from "../../wording/layout.ts";
import { orderReceipt } from "../../wording/natural-order.ts";
import { paint } from "../../wording/paint.ts";
import { summarizeSpread } from "../../wording/spread.ts";
import { signs } from "../plan/change.ts";
import { credentials, ends, statuses } from "./outcomes.ts";
import { summaryLines } from "./summary.ts";

/** A receipt as text: the result of every change, unfinished ones last, and the totals. */
export function textReceipt(receipt: Receipt, plan: Plan | undefined, style: Style): string {
  const { results } = orderReceipt(receipt);
  const blocks = statuses.map((status) => results.filter((result) => result.status === status));
  const showing = {
    style,
    late: deadlines(plan, languageOf(style)),
    items: itemsOf(plan),
  };
  return page([
    wrap(headline(clean({ ...receipt, results: [] }), languageOf(style)), style.width).map((line) =>
      paint("strong", line, style),
    ),
    ...blocks.map((block) => blockLines(block, plan, showing)),
    summaryLines(clean({ ...receipt, results: [] }), results, style),
  ]);
}

function headline(receipt: Receipt, language: Language): string {
  const { account, actor, commit } = receipt;
  const told = language.say`Applied to ${account.id} (${account.adapter}) by ${actor}`;
  return commit
    ? `${told}${language.say`, `}${commitWords(short(commit), receipt, language)}`
    : told;
}

interface Showing {
  readonly style: Style;
  /** How long each change can be undone. */
  readonly late: ReadonlyMap<ChangeId, string>;
  /** The item of each change. */
  readonly items: ReadonlyMap<ChangeId, string>;
}

function blockLines(
  block: readonly Result[],
  plan: Plan | undefined,
  showing: Showing,
): readonly string[] {
  const { style } = showing;
  const folds = foldedResults(
    block,
    new Map(plan?.changes.map(({ id, impact }) => [id, impact])),
    style.verbose === true,
  );
  const nameWidth = widest(
    folds.flatMap(({ shown }) => shown.map((result) => result.address)),
    Math.floor(style.width / 2),
  );
  return folds.flatMap((fold) => [
    ...fold.shown.flatMap((result) => resultLines(result, nameWidth, showing)),
    ...wrap(hiddenResults(fold, languageOf(style)), style.width - 4).map((line) =>
      paint("dim", `    ${line}`, style),
    ),
  ]);
}

function hiddenResults({ shown, hidden, impacts }: Fold<Result>, language: Language): string {
  const [first] = shown;
  if (hidden === 0 || first === undefined) return "";
  const more = language.say`… and ${number(hidden)} more ${language.told(ends[first.status].words)}`;
  const what = clean(summarizeSpread(impacts, language));
  return what === "" ? more : language.say`${more}: ${what}`;
}

function resultLines(
  result: Result,
  nameWidth: number,
  { style, late, items }: Showing,
): readonly string[] {
  const { sign, tone, words } = ends[result.status];
  const action = signs[result.action];
  const language = languageOf(style);
  const because =
    result.because === undefined
      ? result.credential === "lost" && language.say`the credential is lost`
      : language.told(textOf(result, "because"));
  const told = [because, result.code && `(${result.code})`].filter(Boolean).join(" ");
  const item = items.get(result.change);
  const facts =
    result.status === "done"
      ? [
          item,
          result.id && language.say`id ${result.id}`,
          late.get(result.change),
          result.credential === "delivered" && language.told(credentials.delivered),
        ]
      : [item, language.told(words)];
  const known = facts.filter((fact) => typeof fact === "string");
  const fact = known.join(" · ");
  const factTone = result.status === "done" ? "dim" : tone;
  const fits = 8 + Math.max(nameWidth, columns(result.address)) + columns(fact) <= style.width;
  const title = `  ${paint(tone, sign, style)} ${paint(action.tone, action.sign, style)} `;
  const lines = fits
    ? [`${title}${pad(result.address, nameWidth)}  ${paint(factTone, fact, style)}`.trimEnd()]
    : [
        title + result.address,
        ...indentLines(flow(known, " · ", style.width - 6), 6).map((line) =>
          paint(factTone, line, style),
        ),
      ];
  return [
    ...lines,
    ...indentLines(wrap(told, style.width - 6), 6).map((line) =>
      result.credential === "lost" ? paint("bad", line, style) : line,
    ),
    ...(result.hint
      ? indentLines(wrap(`→ ${language.told(textOf(result, "hint"))}`, style.width - 6), 6)
      : []),
  ];
}

/** The item of each change in words, sanitized. Changes without an item are omitted. */
export function itemsOf(plan: Plan | undefined): ReadonlyMap<ChangeId, string> {
  const told = (plan?.changes ?? []).map(
    (change) => [change.id, clean(itemOf(change, plan?.names ?? {}))] as const,
  );
  return new Map(told.filter(([, item]) => item !== ""));
}

/** How long each change can be undone, if it can for a limited time. */
function deadlines(plan: Plan | undefined, language: Language): ReadonlyMap<ChangeId, string> {
  const found = new Map<ChangeId, string>();
  for (const change of plan?.changes ?? []) {
    const { until } = change.impact;
    if (until !== undefined)
      found.set(change.id, language.say`can be undone until ${clean(until)}`);
  }
  return found;
}
