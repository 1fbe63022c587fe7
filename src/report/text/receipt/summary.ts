import { textOf } from "../../../model/text/recorded.ts";
import { isForLedger } from "../../../model/plan/plan.ts";
import type { Note, Receipt, Result } from "../../../model/plan/receipt.ts";
import { type Language, languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { count, formatElapsed, list, number, short, some } from "../../wording/format.ts";
import { wrap } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import { approvalLine, approvedOnHost } from "../plan/approvals.ts";
import { ends, statuses } from "./outcomes.ts";

/** The totals of a receipt and what it was applied with. */
export function summaryLines(
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
export function noteLine(note: Note, language: Language): string {
  const { change } = note;
  const told = language.told(textOf(note, "message"));
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
