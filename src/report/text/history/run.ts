import type { ChangeDone, RunRecord } from "../../../model/ledger/history.ts";
import type { Status } from "../../../model/plan/receipt.ts";
import { say } from "../../../model/text/phrase.ts";
import { textOf } from "../../../model/text/recorded.ts";
import { type Language, languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { clean } from "../../sanitize.ts";
import { fieldsDone, itemDone, meaningDone } from "../../wording/change-done.ts";
import {
  count,
  facts as factsOf,
  formatElapsed,
  formatMoment,
  list,
  number,
  withChanges,
} from "../../wording/format.ts";
import { flow, indentLines, pad, page, widest, wrap } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import { approvalLine, approvedOnHost } from "../plan/approvals.ts";
import { signs } from "../plan/change.ts";
import { credentials, ends } from "../receipt/outcomes.ts";

/** The sign, colour and word of an outcome, also of a missing one. */
export function endOf(status: Status | undefined) {
  return status === undefined
    ? { sign: "…", tone: "caution" as const, words: say`open: no outcome is recorded` }
    : ends[status];
}

/** The outcome of a run in words: how many changes ended in which way. */
export function outcomeOf(run: RunRecord, language: Language): string {
  const statuses = run.changes.map((change) => change.status);
  const told = (Object.keys(ends) as readonly (keyof typeof ends)[]).flatMap((status) => {
    const amount = statuses.filter((one) => one === status).length;
    return amount === 0 ? [] : [ends[status].several(language, number(amount))];
  });
  const open = statuses.filter((status) => status === undefined).length;
  if (open > 0) told.push(language.say`${number(open)} open`);
  const ending =
    run.closedAt === undefined
      ? [language.say`not closed`]
      : run.interrupted
        ? [language.say`interrupted`]
        : [];
  return list([...(told.length > 0 ? told : [language.say`nothing sent`]), ...ending], language);
}

/** One run with all details. */
export function textRun(given: RunRecord, style: Style): string {
  const run = clean(given);
  const language = languageOf(style);
  const took =
    run.closedAt === undefined
      ? language.say`not closed: it was killed, or is still at work`
      : language.say`took ${formatElapsed(Date.parse(run.closedAt) - Date.parse(run.openedAt), language)}`;
  const facts = [
    [language.say`when`, factsOf([formatMoment(run.openedAt), took], language)],
    [language.say`by`, run.actor],
    [language.say`account`, run.account],
    [language.say`plan`, run.plan],
    [language.say`commit`, run.commit && withChanges(run.commit, run, language)],
    ...(run.approvals ?? []).map((one) => [language.say`approved`, approvalLine(one)] as const),
    ...(run.hostApprovals ?? []).map(
      (one) => [language.say`approved`, approvedOnHost(one)] as const,
    ),
    [language.say`lifted`, list(run.allowed, language)],
    [language.say`reason`, run.reason],
    [language.say`detached`, run.detached && language.say`the manifests were not compared`],
    [
      language.say`result`,
      language.say`${outcomeOf(run, language)}, of ${count(run.planned, "change", language)} planned`,
    ],
  ].flatMap(([label, text]) =>
    text ? [`${paint("dim", pad(String(label), 8), style)}  ${text}`] : [],
  );
  const nameWidth = widest(
    run.changes.map((change) => change.address),
    Math.floor(style.width / 2),
  );
  return page([
    [paint("strong", language.say`Run ${run.run}`, style), ...facts],
    run.changes.flatMap((change) => changeLines(change, nameWidth, style)),
  ]);
}

function changeLines(change: ChangeDone, nameWidth: number, style: Style): readonly string[] {
  const language = languageOf(style);
  const end = endOf(change.status);
  const { sign, tone } = signs[change.action];
  const facts = [
    itemDone(change),
    language.told(end.words),
    change.id ? language.say`id ${change.id}` : "",
    change.credential ? language.told(credentials[change.credential]) : "",
  ]
    .filter(Boolean)
    .join(" · ");
  const line = `  ${paint(end.tone, end.sign, style)} ${paint(tone, sign, style)} ${pad(change.address, nameWidth)}  ${paint("dim", facts, style)}`;
  const meaning = flow(meaningDone(change, language), " · ", style.width - 6);
  return [
    line,
    ...indentLines([...flow(fieldsDone(change, language), " · ", style.width - 6), ...meaning], 6),
    ...(change.because
      ? indentLines(wrap(language.told(textOf(change, "because")), style.width - 6), 6)
      : []),
  ];
}
