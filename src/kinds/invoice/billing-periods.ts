import { monthsBetween, nextOn, onDate } from "./days.ts";
import { type SeatHistory, stepOn } from "./seat-history.ts";

/** Days, both inclusive. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

/** When an invoice was made, and the one before it. `date`: of the month, 1 to 31. */
export interface BillingDays {
  readonly day: number;
  readonly before: number;
  readonly date: number;
}

/** The first day that is billed: the first billing day after the order. Until then it is free. */
export function firstBilled({ ordered }: SeatHistory, { date }: BillingDays): number {
  return nextOn(ordered + 1, date);
}

/** The billing period of a day that is billed. */
export function periodOf(history: SeatHistory, bill: BillingDays, day: number): Days {
  const { date } = bill;
  return periodAt({ first: firstBilled(history, bill), date, cycle: history.cycle }, day);
}

/** Periods that follow one another: a month long or, billed annually, a year. */
export interface Periods {
  readonly first: number;
  /** Of the month, 1 to 31. */
  readonly date: number;
  readonly cycle: string | undefined;
}

/** The period of a day. Before the first one, it is the first one. */
export function periodAt({ first, date, cycle }: Periods, day: number): Days {
  const length = cycle === "annual" ? 12 : 1;
  const begins = (months: number) => onDate(first, months, date);
  const past = Math.max(0, monthsBetween(first, day));
  const whole = begins(past - (past % length)) > day ? past - 1 : past;
  const months = Math.max(0, whole - (whole % length));
  return { from: begins(months), to: begins(months + length) - 1 };
}

/** The seats of a day that are billed once the invoice of a day has been made. */
function seatsBilled(
  history: SeatHistory,
  bill: BillingDays,
  { on, by }: { readonly on: number; readonly by: number },
): number {
  if (on < firstBilled(history, bill) || periodOf(history, bill, on).from > by) return 0;
  return stepOn(history, on, by)?.seats ?? 0;
}

/** The seats of a day that an invoice has to bill: what it adds to those before it. */
export function seatsDue(history: SeatHistory, bill: BillingDays, on: number): number {
  return (
    seatsBilled(history, bill, { on, by: bill.day }) -
    seatsBilled(history, bill, { on, by: bill.before })
  );
}

/** The days on which the seats that an invoice bills may change. The last one is past its end. */
export function boundaries(history: SeatHistory, bill: BillingDays): readonly number[] {
  const first = firstBilled(history, bill);
  if (bill.day < first) return [];
  const last = periodOf(history, bill, bill.day).to + 1;
  const inside = [first, bill.before, bill.day, last, ...history.steps.map(({ day }) => day)];
  const start = Math.max(first, bill.before);
  return [...new Set(inside)].filter((day) => day >= start && day <= last);
}
