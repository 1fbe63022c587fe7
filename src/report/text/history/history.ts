import { compare } from "../../../model/diagnostic.ts";
import type {
  Attestation,
  ChangeDone,
  Maintenance,
  RunRecord,
} from "../../../model/ledger/history.ts";
import { approversOf } from "../../../model/ledger/select-history.ts";
import { type Language, languageOf } from "../../language/language.ts";
import type { History } from "../../document.ts";
import type { Style } from "../../report.ts";
import { clean } from "../../sanitize.ts";
import { fieldsDone, itemDone, meaningDone } from "../../wording/change-done.ts";
import { foldedResults } from "../../wording/fold-results.ts";
import { commitWords, formatMoment, number, short, some } from "../../wording/format.ts";
import { columns, flow, indentLines, pad, page, widest, wrap } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import { summarizeSpread } from "../../wording/spread.ts";
import { formatPointer } from "../../wording/value.ts";
import { signs } from "../plan/change.ts";
import { endOf, outcomeOf } from "./run.ts";

/** Runs, attestations and ledger maintenance by time, latest last; runs list their changes. */
export function textHistory(
  { runs, attestations, maintenance = [], ...asked }: History,
  style: Style,
): string {
  const told = [
    ...runs.map((run) => ({ at: run.openedAt, lines: runLines(run, style) })),
    ...clean(attestations).map((one) => ({
      at: one.at,
      lines: [attestationLine(one, languageOf(style))],
    })),
    ...clean(maintenance).map((one) => ({
      at: one.at,
      lines: [maintenanceLine(one, languageOf(style))],
    })),
  ];
  const lines = told.sort((left, right) => compare(left.at, right.at)).flatMap((one) => one.lines);
  return page([lines.length > 0 ? lines : [noRuns(clean(asked), languageOf(style))]]);
}

/** The message for an empty result; it names the period and person that were asked for. */
function noRuns(
  { period = {}, about }: Pick<History, "period" | "about">,
  language: Language,
): string {
  const { from, to } = period;
  if (about !== undefined)
    return from === undefined && to === undefined
      ? language.say`Nothing of ${about} is recorded.`
      : language.say`Nothing of ${about} is recorded in these days.`;
  if (from !== undefined && to !== undefined)
    return language.say`Nothing was applied from ${from} to ${to}.`;
  if (from !== undefined) return language.say`Nothing was applied from ${from} on.`;
  return to === undefined
    ? language.say`Nothing has been applied yet.`
    : language.say`Nothing was applied up to ${to}.`;
}

function runLines(run: RunRecord, style: Style): readonly string[] {
  const language = languageOf(style);
  const impacts = new Map(
    run.changes.flatMap(({ change, planned }) =>
      planned ? [[change, planned.impact] as const] : [],
    ),
  );
  const folds = foldedResults(run.changes, impacts, style.verbose === true);
  const nameWidth = widest(
    folds.flatMap(({ shown }) => shown.map((change) => change.address)),
    Math.floor(style.width / 2),
  );
  const rest = ({ hidden, impacts: moved }: (typeof folds)[number]) => {
    const more = language.say`… and ${number(hidden)} more like these`;
    const what = clean(summarizeSpread(moved, language));
    return hidden === 0
      ? []
      : wrap(what === "" ? more : language.say`${more}: ${what}`, style.width - 4);
  };
  return [
    runLine(clean({ ...run, changes: [] }), outcomeOf(run, language), style),
    ...folds.flatMap((fold) => [
      ...fold.shown.flatMap((change) => briefLines(change, nameWidth, style)),
      ...rest(fold).map((line) => `    ${paint("dim", line, style)}`),
    ]),
  ];
}

/** A recorded change on one line, or more if it does not fit: item, fields, impact and outcome. */
function briefLines(change: ChangeDone, nameWidth: number, style: Style): readonly string[] {
  const language = languageOf(style);
  const end = endOf(change.status);
  const { sign, tone } = signs[change.action];
  const item = itemDone(change);
  const fields =
    item !== "" && change.action === "create"
      ? ""
      : some(fieldsDone(change, language), 3, language);
  const state = change.status === "done" ? "" : language.told(end.words);
  const facts = [item, fields, ...meaningDone(change, language), state].filter(Boolean);
  const start = `  ${paint(end.tone, end.sign, style)} ${paint(tone, sign, style)} `;
  const fits =
    8 + Math.max(nameWidth, change.address.length) + columns(facts.join(" · ")) <= style.width;
  if (fits)
    return [
      `${start}${pad(change.address, nameWidth)}  ${paint("dim", facts.join(" · "), style)}`.trimEnd(),
    ];
  return [
    start + change.address,
    ...indentLines(flow(facts, " · ", style.width - 6), 6).map((line) => paint("dim", line, style)),
  ];
}

function runLine(run: RunRecord, ended: string, style: Style): string {
  const language = languageOf(style);
  const facts = [
    ended,
    language.say`plan ${short(run.plan)}`,
    run.commit ? commitWords(short(run.commit), run, language) : "",
    ...approvers(run, language),
    run.allowed.length > 0 ? language.say`lifted ${some(run.allowed, 3, language)}` : "",
    run.detached ? language.say`detached` : "",
  ];
  return `${formatMoment(run.openedAt)}  ${paint("strong", run.run, style)}  ${run.actor}  ${facts.filter(Boolean).join(" · ")}`;
}

/** The approvers of a run. Empty if there are none. */
function approvers(run: RunRecord, language: Language): readonly string[] {
  const names = approversOf(run);
  return names.length === 0 ? [] : [language.say`approved by ${some(names, 3, language)}`];
}

function attestationLine(one: Attestation, language: Language): string {
  const fields = some(one.fields.map(formatPointer), 3, language);
  const told = language.say`attested ${one.address} (${fields}), plan ${short(one.plan)}`;
  return `${formatMoment(one.at)}  ${one.actor}  ${one.note ? language.say`${told}: “${one.note}”` : told}`;
}

function maintenanceLine(one: Maintenance, language: Language): string {
  const told = maintenanceWords(one, language);
  return `${formatMoment(one.at)}  ${one.actor}  ${one.reason ? language.say`${told}: “${one.reason}”` : told}`;
}

/** An operation on the ledger itself, in words. */
export function maintenanceWords(
  { type, aside, key = "", heldBy }: Maintenance,
  language: Language,
): string {
  if (heldBy) return language.say`ended the lease of ${heldBy.actor} (on ${heldBy.host}) by force`;
  if (type === "rekeyed") return language.say`gave the ledger another key (${key})`;
  if (aside === undefined) return language.say`repaired the ledger; nothing stood in its place`;
  return language.say`repaired the ledger; what stood in its place is kept: ${aside}`;
}
