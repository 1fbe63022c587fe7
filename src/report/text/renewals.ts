import type { RenewalDecision, RenewalRow, Renewals, SeatCost } from "../../model/plan/renewals.ts";
import { say } from "../../model/text/phrase.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";
import { clean } from "../sanitize.ts";
import { count, money, number } from "../wording/format.ts";
import { flow, indentLines, page, wrap } from "../wording/layout.ts";
import { paint, type Tone } from "../wording/paint.ts";

/** What is decided, in words. Translate before display. */
export const decisions: Readonly<Record<RenewalDecision, string>> = {
  undecided: say`undecided`,
  unmanaged: say`in no manifest`,
  renew: say`renewed`,
  cancel: say`ends`,
  extend: say`extended`,
};

/** The ends of terms until a day, undecided ones first, and what is billed in the next months. */
export function textRenewals(given: Renewals, style: Style): string {
  const renewals = clean(given);
  const language = languageOf(style);
  return page([
    ...renewals.rows.map((row) => rowLines(row, style)),
    wrap(summary(renewals, language), style.width),
    ...(renewals.months.length > 0 ? [monthLines(renewals, style)] : []),
  ]);
}

function rowLines(row: RenewalRow, style: Style): readonly string[] {
  const language = languageOf(style);
  const told = language.told(decisions[row.decision]);
  const title = `${paint("strong", row.endsOn, style)}  ${paint(toneOf(row), told, style)}  ${row.address ?? `${row.customer} ${row.name}`}`;
  const facts = [
    row.offerName ?? row.offer,
    row.status === "suspended" ? language.say`suspended` : "",
    row.renewsItself === false ? language.say`does not renew by itself` : "",
    row.actsOn === undefined ? "" : language.say`changed on ${row.actsOn}`,
    row.address === undefined ? row.id : "",
  ].filter(Boolean);
  return [
    title,
    ...indentLines(wrap(nowAndThen(row, language), style.width - 12), 12),
    ...indentLines(
      flow(facts, " · ", style.width - 12).map((line) => paint("dim", line, style)),
      12,
    ),
  ];
}

function toneOf({ decision }: RenewalRow): Tone {
  if (decision === "undecided") return "bad";
  return decision === "unmanaged" ? "caution" : "good";
}

/** Seats and money now and from the new term on. */
export function nowAndThen({ now, then }: RenewalRow, language: Language): string {
  const next = then === undefined ? language.say`nothing` : seatCost(then, language);
  return `${seatCost(now, language)} → ${next}`;
}

function seatCost(
  { quantity, billingCycle, perMonth, committed, currency }: SeatCost,
  language: Language,
) {
  const seats = count(quantity, "seat", language);
  if (perMonth === undefined || committed === undefined || currency === undefined)
    return language.say`${seats}, no known price`;
  return billingCycle === "annual"
    ? language.say`${seats}, ${money(committed, currency)} a term`
    : language.say`${seats}, ${money(perMonth, currency)} a month`;
}

function summary({ rows, until }: Renewals, language: Language): string {
  const open = rows.filter(
    ({ decision, status }) =>
      status === "active" && (decision === "undecided" || decision === "unmanaged"),
  ).length;
  const all = language.say`${count(rows.length, "subscription", language)} whose term ends by ${until}`;
  return language.say`${all}, ${number(open)} of them undecided.`;
}

function monthLines({ months }: Renewals, style: Style): readonly string[] {
  const language = languageOf(style);
  const title = language.say`Billed in the next twelve months, without proration and tax:`;
  const lines = months.map(({ month, currency, amount, unpriced }) => {
    const without =
      unpriced > 0
        ? language.say` (without ${count(unpriced, "subscription", language)} whose price is not known)`
        : "";
    return `${month}  ${money(amount, currency)}${without}`;
  });
  return [...wrap(title, style.width), ...indentLines(lines, 2)];
}
