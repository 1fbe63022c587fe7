import { orderReceipt } from "../wording/natural-order.ts";
import { type ChangeId, isForLedger, type Plan } from "../../model/plan/plan.ts";
import type { Note, Receipt, Result, Status } from "../../model/plan/receipt.ts";
import { say } from "../../model/text/say.ts";
import { clean } from "../sanitize.ts";
import { itemOf } from "../wording/item.ts";
import { type Language, languageOf } from "../language/language.ts";
import { columns, flow, indentLines, pad, page, widest, wrap } from "../wording/layout.ts";
import { paint, type Tone } from "../wording/paint.ts";
import type { Style } from "../report.ts";
import { summarizeSpread } from "../wording/spread.ts";
import { approvalLine, approvedOnHost } from "./plan/approvals.ts";
import { signs } from "./plan/change.ts";
import { type Fold, foldedResults } from "../wording/fold-results.ts";
import {
  commitWords,
  count,
  duration,
  formatElapsed,
  list,
  formatMoment,
  number,
  short,
  some,
} from "../wording/format.ts";

type Several = (language: Language, amount: string) => string;

/**
 * The sign, colour, word and count of each outcome, from best to worst. Translate words before
 * display.
 */
export const ends: Readonly<
  Record<
    Status,
    {
      readonly sign: string;
      readonly tone: Tone;
      readonly words: string;
      readonly several: Several;
    }
  >
> = {
  done: {
    sign: "✓",
    tone: "good",
    words: say`done`,
    several: (language, amount) => language.say`${amount} done`,
  },
  "done-earlier": {
    sign: "✓",
    tone: "good",
    words: say`done earlier, from another plan`,
    several: (language, amount) => language.say`${amount} done earlier`,
  },
  manual: {
    sign: "✋",
    tone: "accent",
    words: say`manual`,
    several: (language, amount) => language.say`${amount} manual`,
  },
  skipped: {
    sign: "·",
    tone: "dim",
    words: say`skipped`,
    several: (language, amount) => language.say`${amount} skipped`,
  },
  stale: {
    sign: "!",
    tone: "caution",
    words: say`stale`,
    several: (language, amount) => language.say`${amount} stale`,
  },
  failed: {
    sign: "✗",
    tone: "bad",
    words: say`failed`,
    several: (language, amount) => language.say`${amount} failed`,
  },
  unknown: {
    sign: "?",
    tone: "bad",
    words: say`unknown`,
    several: (language, amount) => language.say`${amount} unknown`,
  },
};

/** The state of a credential. Translate before display. */
export const credentials = {
  delivered: say`credential delivered`,
  lost: say`credential lost`,
} as const;

/** A receipt as text: the result of every change, unfinished ones last, and the totals. */
export function textReceipt(receipt: Receipt, plan: Plan | undefined, style: Style): string {
  const { results } = orderReceipt(receipt);
  const blocks = statuses.map((status) => results.filter((result) => result.status === status));
  const showing = {
    style,
    late: deadlines(receipt, plan, languageOf(style)),
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

const statuses: readonly Status[] = [
  "done",
  "done-earlier",
  "manual",
  "skipped",
  "stale",
  "failed",
  "unknown",
];

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
      : language.told(result.because);
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
      ? indentLines(wrap(`→ ${language.told(result.hint)}`, style.width - 6), 6)
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
function deadlines(
  receipt: Receipt,
  plan: Plan | undefined,
  language: Language,
): ReadonlyMap<ChangeId, string> {
  const found = new Map<ChangeId, string>();
  for (const change of plan?.changes ?? []) {
    const { until } = change.impact;
    if (change.impact.reversible !== "until" || until === undefined) continue;
    const [time, from] = [clean(duration(until, language)), formatMoment(receipt.endedAt)];
    const told = until.startsWith("P")
      ? language.say`can be undone for ${time} from ${from}`
      : language.say`can be undone until ${time}`;
    found.set(change.id, told);
  }
  return found;
}

function summaryLines(
  receipt: Receipt,
  results: readonly Result[],
  style: Style,
): readonly string[] {
  const counts = statuses
    .map((status) => [status, results.filter((result) => result.status === status).length] as const)
    .filter(([, amount]) => amount > 0);
  const worst = counts.some(([status]) => status === "failed" || status === "unknown")
    ? "bad"
    : counts.some(([status]) => status === "stale" || status === "skipped")
      ? "caution"
      : "good";
  const language = languageOf(style);
  const parts = counts.map(([status, amount]) => ends[status].several(language, number(amount)));
  const recorded = results.every((result) => isForLedger(result) && result.status === "done");
  const told =
    parts.length === 0
      ? language.say`Nothing was to be done`
      : recorded
        ? language.say`Nothing to do in the account, ${number(results.length)} recorded in the ledger`
        : list(parts, language);
  return [
    ...wrap(spent(told, receipt, language), style.width).map((line) => paint(worst, line, style)),
    ...credentialLines(results, style),
    ...(receipt.interrupted
      ? wrap(
          language.say`Interrupted. What was under way is recorded; plan and apply again to go on.`,
          style.width,
        ).map((line) => paint("caution", line, style))
      : []),
    ...(receipt.allowed.length > 0
      ? wrap(language.say`Guards lifted: ${some(receipt.allowed, 10, language)}.`, style.width)
      : []),
    ...(receipt.reason === undefined
      ? []
      : wrap(language.say`Reason: ${receipt.reason}`, style.width)),
    ...(receipt.approvals ?? []).flatMap((one) =>
      wrap(language.say`Approved by ${approvalLine(one)}`, style.width),
    ),
    ...(receipt.hostApprovals ?? []).flatMap((one) =>
      wrap(language.say`Approved by ${approvedOnHost(one)}`, style.width),
    ),
    ...(receipt.notes ?? []).flatMap((one) => wrap(noteLine(one, language), style.width)),
    ...(receipt.detached
      ? [language.say`Detached: the manifests were not compared with those it was planned from.`]
      : []),
    paint("dim", language.say`run ${receipt.run} · plan ${short(receipt.plan)}`, style),
    paint("dim", language.say`ledger head ${receipt.ledger.head}`, style),
  ];
}

/** A note, with the change it is about. */
export function noteLine({ change, message }: Note, language: Language): string {
  const told = language.told(message);
  return change === undefined ? told : `${change}: ${told}`;
}

function spent(
  told: string,
  { startedAt, endedAt, spent: { reads, writes } }: Receipt,
  language: Language,
): string {
  const took = formatElapsed(Date.parse(endedAt) - Date.parse(startedAt), language);
  return language.say`${told}, in ${took}; ${count(reads, "read", language)} and ${count(writes, "write", language)}.`;
}

function credentialLines(results: readonly Result[], style: Style): readonly string[] {
  const language = languageOf(style);
  const delivered = results.filter((result) => result.credential === "delivered").length;
  const lost = results.filter((result) => result.credential === "lost").length;
  return [
    ...(delivered > 0
      ? [
          language.say`${count(delivered, "credential", language)} delivered to the credential sink.`,
        ]
      : []),
    ...(lost > 0
      ? [
          paint(
            "bad",
            language.say`${count(lost, "credential", language)} lost; see above what to do.`,
            style,
          ),
        ]
      : []),
  ];
}
