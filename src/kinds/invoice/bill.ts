import type { Bill } from "../../model/billing/invoice.ts";
import type { BillingDays } from "./billing-periods.ts";
import { familyOf } from "./charge-type.ts";
import { dateOf, dayNumber, onDate } from "./days.ts";

/**
 * When a bill was made: its date or, for lines alone, the day on which the latest whole period of a
 * line begins. Undefined if no line tells.
 */
export function billingDays({ invoice, lines }: Bill): BillingDays | undefined {
  const whole = lines.filter(({ chargeType }) => familyOf(chargeType) === "advance");
  const starts = whole.map(({ from }) => dayNumber(from));
  const ends = lines.map(({ to }) => dayNumber(to) + 1);
  const told = invoice && dayNumber(invoice.date);
  const found = starts.length > 0 ? starts : ends;
  const day = told ?? found.reduce<number | undefined>((a, b) => Math.max(a ?? b, b), undefined);
  if (day === undefined) return undefined;
  const date = dateOfBilling(day, whole);
  return { day, before: onDate(day, -1, date), date };
}

/** In a month that is too short, the end of a whole period tells the date that is meant. */
function dateOfBilling(day: number, whole: Bill["lines"]): number {
  const next = whole
    .filter(({ from }) => dayNumber(from) === day)
    .map(({ to }) => dateOf(dayNumber(to) + 1));
  const isLast = dateOf(day + 1) === 1;
  return Math.max(dateOf(day), ...(isLast ? next : []));
}

/** Void notes go with the invoice they void; adjustment notes are added to theirs. */
export function withoutVoided(given: readonly Bill[]): {
  readonly bills: readonly Bill[];
  readonly voided: readonly string[];
} {
  const voided = given.flatMap(({ invoice }) =>
    invoice?.document === "void" ? (invoice.amends ?? []) : [],
  );
  const kept = given.filter(
    ({ invoice }) => invoice?.document !== "void" && !voided.includes(invoice?.id ?? ""),
  );
  const notes = kept.filter(
    ({ invoice }) =>
      invoice?.document === "adjustment" && kept.some((one) => one.invoice?.id === invoice.amends),
  );
  const bills = kept
    .filter((one) => !notes.includes(one))
    .map((one) => ({
      ...one,
      lines: [
        ...one.lines,
        ...notes
          .filter(({ invoice }) => invoice?.amends === one.invoice?.id)
          .flatMap(({ lines }) => lines),
      ],
    }));
  return { bills, voided };
}
