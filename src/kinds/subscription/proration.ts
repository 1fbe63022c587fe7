import type { UnitPrice } from "../../model/catalogue.ts";
import type { Impact, Prorated } from "../../model/plan/plan.ts";
import { dayBefore } from "../../model/values/duration.ts";
import { amount, hundredths } from "../../model/values/money.ts";
import { type Days, type Periods, periodAt } from "../invoice/billing-periods.ts";
import { dateOf, dayNumber, dayText, monthsBetween, nextOn, onDate } from "../invoice/days.ts";
import { divideRounded } from "../prices/term-price.ts";
import type { Term } from "./renewal/term.ts";

/** How a subscription is billed until its term ends: in whole periods from the first bill on. */
export interface BillingTerm extends Periods {
  /** The last day of the term. */
  readonly ends: number;
}

/**
 * The billing of a term that runs. It ends on a billing day (invoices.md, section 4), and the time
 * before the first one is free (subscriptions.md, section 4). Undefined if no end is known.
 */
export function billingOf(
  { endsOn, length }: Term,
  cycle: string | undefined,
): BillingTerm | undefined {
  if (endsOn === undefined || cycle === "none" || length.endsWith("D")) return undefined;
  const ends = dayNumber(endsOn);
  return { first: dayNumber(dayBefore(endsOn, length)), date: dateOf(ends), cycle, ends };
}

/** The billing of a term that an order begins: on the day after it, free until the first bill. */
export function billingOfOrder(
  asOf: string,
  { billingDay: date, months, cycle }: Ordered,
): BillingTerm {
  const first = nextOn(dayNumber(asOf) + 1, date);
  return { first, date, cycle, ends: onDate(first, months, date) };
}

interface Ordered {
  /** Of the month, 1 to 31. */
  readonly billingDay: number;
  /** The length of the term. */
  readonly months: number;
  readonly cycle: string | undefined;
}

/** Seats more or less from a day on, and what one of them costs, if that is known. */
export interface SeatChange {
  readonly seats: number;
  readonly from: number;
  readonly unit: UnitPrice | undefined;
}

/** What a change of seats costs until the term ends; less than nothing if it gives back. */
export interface CostUntilEnd extends Pick<Impact, "prorated" | "termEnds"> {
  /** Hundredths. Undefined if no price is known. */
  readonly committed?: bigint;
}

/** Splits the cost of a change of seats into the period that runs, and the rest of the term. */
export function costUntilEnd(billing: BillingTerm, change: SeatChange): CostUntilEnd {
  const { ends, first } = billing;
  const { from, seats, unit } = change;
  const termEnds = dayText(ends);
  const period = from < first ? { from, to: first - 1 } : periodAt(billing, from);
  const days = { from: dayText(from), to: dayText(period.to) };
  if (from < first) {
    const prorated: Prorated = { ...days, amount: "0.00", free: true };
    return { prorated, termEnds, ...(unit && { committed: times(unit.committed, seats) }) };
  }
  if (unit === undefined) return { prorated: days, termEnds };
  const length = billing.cycle === "annual" ? 12 : 1;
  const price = amount(
    divideRounded(hundredths(unit.committed) * BigInt(length), BigInt(unit.months)),
  );
  const now = shareOf(times(price, seats), from, period);
  const left = Math.max(0, Math.floor(monthsBetween(period.from, ends) / length) - 1);
  return {
    prorated: { ...days, amount: amount(now) },
    termEnds,
    committed: now + times(price, seats * left),
  };
}

/** Rounded half up for the whole line, whether it is charged or given back. */
function shareOf(whole: bigint, from: number, { from: begins, to }: Days): bigint {
  const [size, days] = [whole < 0n ? -whole : whole, to - from + 1];
  const share = divideRounded(size * BigInt(days), BigInt(to - begins + 1));
  return whole < 0n ? -share : share;
}

function times(price: string, seats: number): bigint {
  return hundredths(price) * BigInt(seats);
}
