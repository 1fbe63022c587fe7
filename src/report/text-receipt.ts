import type { ChangeId, Plan } from "../model/plan.ts";
import type { Note, Receipt, Result, Status } from "../model/receipt.ts";
import { say } from "../model/say.ts";
import { clean } from "./clean.ts";
import { type Language, languageOf } from "./language.ts";
import { columns, flow, indent, pad, page, widest, wrap } from "./layout.ts";
import { paint, type Tone } from "./paint.ts";
import type { Style } from "./report.ts";
import { approved, approvedOnHost } from "./text-approvals.ts";
import { signs } from "./text-change.ts";
import { count, duration, elapsed, list, moment, number, short, some } from "./words.ts";

type Several = (language: Language, amount: string) => string;

/** Each way a change can end: its sign, its colour and its words (to be told in the reader's language), and so many of them; in the order they are told, the worst last. */
export const ends: Readonly<
  Record<Status, { readonly sign: string; readonly tone: Tone; readonly words: string; readonly several: Several }>
> = {
  done: { sign: "✓", tone: "good", words: say`done`, several: (language, amount) => language.say`${amount} done` },
  "done-earlier": {
    sign: "✓",
    tone: "good",
    words: say`done earlier, from another plan`,
    several: (language, amount) => language.say`${amount} done earlier`,
  },
  hand: { sign: "✋", tone: "accent", words: say`by hand`, several: (language, amount) => language.say`${amount} by hand` },
  skipped: { sign: "·", tone: "dim", words: say`skipped`, several: (language, amount) => language.say`${amount} skipped` },
  stale: { sign: "!", tone: "caution", words: say`stale`, several: (language, amount) => language.say`${amount} stale` },
  failed: { sign: "✗", tone: "bad", words: say`failed`, several: (language, amount) => language.say`${amount} failed` },
  unknown: { sign: "?", tone: "bad", words: say`unknown`, several: (language, amount) => language.say`${amount} unknown` },
};

/** What became of a credential; to be told in the reader's language. */
export const credentials = { delivered: say`credential delivered`, lost: say`credential lost` } as const;

const many = 30;

/** A receipt: how every change ended, the unfinished last where they are seen, and what is left to do. */
export function textReceipt(receipt: Receipt, plan: Plan | undefined, style: Style): string {
  const results = receipt.results;
  const blocks = statuses.map((status) => results.filter((result) => result.status === status));
  const late = deadlines(receipt, plan, languageOf(style));
  return page(
    [paint("strong", headline(clean({ ...receipt, results: [] }), languageOf(style)), style)],
    ...blocks.map((block) => blockLines(block, style, late)),
    summaryLines(clean({ ...receipt, results: [] }), results, style),
  );
}

const statuses: readonly Status[] = ["done", "done-earlier", "hand", "skipped", "stale", "failed", "unknown"];

function headline({ account, actor, commit }: Receipt, language: Language): string {
  const told = language.say`Applied to ${account.id} (${account.adapter}) by ${actor}`;
  return commit ? language.say`${told}, commit ${short(commit)}` : told;
}

function blockLines(block: readonly Result[], style: Style, late: ReadonlyMap<ChangeId, string>): readonly string[] {
  const most = style.verbose ? block.length : block.length > many ? 10 : many;
  const shown = clean(block.slice(0, most));
  const nameWidth = widest(
    shown.map((result) => result.address),
    Math.floor(style.width / 2),
  );
  const language = languageOf(style);
  const more = block.length - shown.length;
  const status = block[0]?.status;
  return [
    ...shown.flatMap((result) => resultLines(result, nameWidth, { style, late })),
    ...(more > 0 && status
      ? [paint("dim", `    ${language.say`… and ${number(more)} more ${language.told(ends[status].words)}`}`, style)]
      : []),
  ];
}

function resultLines(
  result: Result,
  nameWidth: number,
  { style, late }: { readonly style: Style; readonly late: ReadonlyMap<ChangeId, string> },
): readonly string[] {
  const { sign, tone, words } = ends[result.status];
  const action = signs[result.action];
  const language = languageOf(style);
  const because =
    result.because === undefined ? result.credential === "lost" && language.say`the credential is lost` : language.told(result.because);
  const told = [because, result.code && `(${result.code})`].filter(Boolean).join(" ");
  const facts =
    result.status === "done"
      ? [
          result.id && language.say`id ${result.id}`,
          late.get(result.change),
          result.credential === "delivered" && language.told(credentials.delivered),
        ]
      : [language.told(words)];
  const known = facts.filter((fact) => typeof fact === "string");
  const fact = known.join(" · ");
  const factTone = result.status === "done" ? "dim" : tone;
  const fits = 8 + Math.max(nameWidth, columns(result.address)) + columns(fact) <= style.width;
  const title = `  ${paint(tone, sign, style)} ${paint(action.tone, action.sign, style)} `;
  const lines = fits
    ? [`${title}${pad(result.address, nameWidth)}  ${paint(factTone, fact, style)}`.trimEnd()]
    : [title + result.address, ...indent(flow(known, " · ", style.width - 6), 6).map((line) => paint(factTone, line, style))];
  return [
    ...lines,
    ...indent(wrap(told, style.width - 6), 6).map((line) => (result.credential === "lost" ? paint("bad", line, style) : line)),
    ...(result.hint ? indent(wrap(`→ ${language.told(result.hint)}`, style.width - 6), 6) : []),
  ];
}

/** Until when what was done can be undone, for changes whose plan gave a duration. */
function deadlines(receipt: Receipt, plan: Plan | undefined, language: Language): ReadonlyMap<ChangeId, string> {
  const found = new Map<ChangeId, string>();
  for (const change of plan?.changes ?? []) {
    const { until } = change.impact;
    if (change.impact.reversible !== "until" || until === undefined) continue;
    const [time, from] = [clean(duration(until, language)), moment(receipt.endedAt)];
    const told = until.startsWith("P") ? language.say`can be undone for ${time} from ${from}` : language.say`can be undone until ${time}`;
    found.set(change.id, told);
  }
  return found;
}

function summaryLines(receipt: Receipt, results: readonly Result[], style: Style): readonly string[] {
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
  const renamed = results.every(({ action, status }) => action === "rename" && status === "done");
  const told =
    parts.length === 0
      ? language.say`Nothing was to be done`
      : renamed
        ? language.say`Nothing to do in the account, ${number(results.length)} renamed in the ledger`
        : list(parts, language);
  return [
    ...wrap(spent(told, receipt, language), style.width).map((line) => paint(worst, line, style)),
    ...credentialLines(results, style),
    ...(receipt.interrupted
      ? wrap(language.say`Interrupted. What was under way is recorded; plan and apply again to go on.`, style.width).map((line) =>
          paint("caution", line, style),
        )
      : []),
    ...(receipt.allowed.length > 0 ? wrap(language.say`Guards lifted: ${some(receipt.allowed, 10, language)}.`, style.width) : []),
    ...(receipt.reason === undefined ? [] : wrap(language.say`Reason: ${receipt.reason}`, style.width)),
    ...(receipt.approvals ?? []).flatMap((one) => wrap(language.say`Approved by ${approved(one)}`, style.width)),
    ...(receipt.hostApprovals ?? []).flatMap((one) => wrap(language.say`Approved by ${approvedOnHost(one)}`, style.width)),
    ...(receipt.notes ?? []).flatMap((one) => wrap(noted(one, language), style.width)),
    ...(receipt.detached ? [language.say`Detached: the manifests were not compared with those it was planned from.`] : []),
    paint("dim", language.say`run ${receipt.run} · plan ${short(receipt.plan)}`, style),
    paint("dim", language.say`ledger head ${receipt.ledger.head}`, style),
  ];
}

/** A note, after the change it is about. */
export function noted({ change, message }: Note, language: Language): string {
  const told = language.told(message);
  return change === undefined ? told : `${change}: ${told}`;
}

function spent(told: string, { startedAt, endedAt, spent: { reads, writes } }: Receipt, language: Language): string {
  const took = elapsed(Date.parse(endedAt) - Date.parse(startedAt), language);
  return language.say`${told}, in ${took}; ${count(reads, "read", language)} and ${count(writes, "write", language)}.`;
}

function credentialLines(results: readonly Result[], style: Style): readonly string[] {
  const language = languageOf(style);
  const delivered = results.filter((result) => result.credential === "delivered").length;
  const lost = results.filter((result) => result.credential === "lost").length;
  return [
    ...(delivered > 0 ? [language.say`${count(delivered, "credential", language)} delivered to the credential sink.`] : []),
    ...(lost > 0 ? [paint("bad", language.say`${count(lost, "credential", language)} lost; see above what to do.`, style)] : []),
  ];
}
