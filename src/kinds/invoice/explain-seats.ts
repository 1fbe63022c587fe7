import type { ExpectedLine, LineStatus } from "../../model/billing/reconciliation.ts";
import type { InvoiceLine } from "../../model/billing/invoice.ts";
import {
  type BillingDays,
  boundaries,
  firstBilled,
  periodOf,
  seatsDue,
} from "./billing-periods.ts";
import { familyOf } from "./charge-type.ts";
import { dayNumber, dayText } from "./days.ts";
import { type SeatHistory, stepOn } from "./seat-history.ts";

/** Whether the seats and days of a line are those that were ordered. */
export interface SeatVerdict {
  readonly status: Extract<LineStatus, "explained" | "quantity" | "period">;
  readonly expected?: ExpectedLine;
}

/** Seats of some days that the lines of an invoice leave out, or bill too often if negative. */
export interface SeatGap {
  readonly from: number;
  readonly to: number;
  readonly seats: number;
}

/** The seats of a line, negative where they are given back. */
export function signedSeats({ amount, quantity, chargeType }: InvoiceLine): number {
  const seats = Math.abs(quantity);
  if (Number(amount) !== 0) return Number(amount) < 0 ? -seats : seats;
  return /^cancel|when cancel|remove/i.test(chargeType) ? -seats : quantity;
}

/**
 * The days on which the lines of a subscription bill other seats than are due. Lines of free days
 * are left out.
 */
export function seatGaps(
  history: SeatHistory,
  bill: BillingDays,
  lines: readonly InvoiceLine[],
): readonly SeatGap[] {
  const own = boundaries(history, bill);
  const [start, end] = [
    own.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    Math.max(...own, 0),
  ];
  const spans = lines
    .filter((line) => familyOf(line.chargeType) !== "offset")
    .map((line) => ({
      from: dayNumber(line.from),
      to: dayNumber(line.to),
      seats: signedSeats(line),
    }))
    .filter(({ to }) => to >= firstBilled(history, bill));
  const all = [...own, ...spans.flatMap(({ from, to }) => [from, to + 1])];
  const days = [...new Set(all)].sort((one, other) => one - other);
  return days.slice(0, -1).flatMap((from, index) => {
    const to = (days[index + 1] ?? from) - 1;
    const billed = spans
      .filter((span) => span.from <= from && span.to >= to)
      .reduce((sum, { seats }) => sum + seats, 0);
    const due = from >= start && from < end ? seatsDue(history, bill, from) : 0;
    return due === billed ? [] : [{ from, to, seats: due - billed }];
  });
}

/** Judges a line by itself, where the lines of its subscription do not come to what is due. */
export function judgeSeats(
  history: SeatHistory,
  bill: BillingDays,
  line: InvoiceLine,
): SeatVerdict {
  const [from, to, seats] = [dayNumber(line.from), dayNumber(line.to), signedSeats(line)];
  const first = firstBilled(history, bill);
  if (to < first) return { status: "explained" };
  const period = periodOf(history, bill, Math.max(from, first));
  const isWhole = from === period.from && to === period.to;
  if (familyOf(line.chargeType) === "advance") {
    const due = stepOn(history, period.from, period.from)?.seats ?? 0;
    if (!isWhole) return other("period", { from: dayText(period.from), to: dayText(period.to) });
    return due === seats ? { status: "explained" } : other("quantity", { quantity: due });
  }
  const candidates = partsOf(history, bill, period);
  if (candidates.some((one) => one.from === from && one.to === to && one.seats === seats))
    return { status: "explained" };
  const sameDays = candidates.find((one) => one.from === from && one.to === to);
  const sameSeats = candidates.find((one) => one.seats === seats);
  if (sameSeats && !sameDays)
    return other("period", { from: dayText(sameSeats.from), to: dayText(sameSeats.to) });
  return other("quantity", { quantity: sameDays?.seats ?? 0 });
}

function other(status: "quantity" | "period", expected: ExpectedLine): SeatVerdict {
  return { status, expected };
}

/**
 * The parts of a period that an invoice may list: the whole of it given back; each stretch of days
 * with the same seats; for each change the difference, or the old and the new seats, until the end.
 */
function partsOf(
  history: SeatHistory,
  bill: BillingDays,
  period: { readonly from: number; readonly to: number },
): readonly SeatGap[] {
  const at = (day: number) => stepOn(history, day, bill.day)?.seats ?? 0;
  const changes = [...new Set(history.steps.map(({ day }) => day))].filter(
    (day) => day > period.from && day <= period.to && day < bill.day,
  );
  const start = stepOn(history, period.from, period.from)?.seats ?? 0;
  const stretches = [period.from, ...changes].map((from, index) => ({
    from,
    to: (changes[index] ?? period.to + 1) - 1,
    seats: at(from),
  }));
  const differences = [...new Set([period.from, ...changes])].flatMap((from) => {
    const before = from === period.from ? start : at(from - 1);
    return [at(from) - before, -before, at(from)].map((seats) => ({ from, to: period.to, seats }));
  });
  return [...differences, { ...period, seats: -start }, ...stretches].filter(
    ({ seats }) => seats !== 0,
  );
}
