import type { InvoiceLine } from "../../model/billing/invoice.ts";
import type { KnownPrice, LineFinding, Rounding } from "../../model/billing/reconciliation.ts";
import { absolute, cent, costOf, decimalText, millionths } from "./amounts.ts";
import { type BillingDays, firstBilled, periodOf } from "./billing-periods.ts";
import { dayNumber } from "./days.ts";
import { signedSeats } from "./explain-seats.ts";
import type { SeatHistory } from "./seat-history.ts";

interface Judging {
  readonly history: SeatHistory;
  readonly days: BillingDays | undefined;
  readonly rounding: Rounding;
}

/**
 * Compares unit price and amount of a line whose seats and days are right with the known price. A
 * difference of at most a cent is rounding. Free days cost nothing.
 */
export function judgePrice(
  line: InvoiceLine,
  price: KnownPrice | undefined,
  { history, days, rounding }: Judging,
): LineFinding {
  if (days === undefined) return { line, status: "order" };
  const [from, to] = [dayNumber(line.from), dayNumber(line.to)];
  const isFree = to < firstBilled(history, days);
  if (price === undefined && !isFree) return { line, status: "price" };
  const period = periodOf(history, days, Math.max(from, firstBilled(history, days)));
  const share = { days: to - from + 1, ofDays: period.to - period.from + 1 };
  const hundredths = isFree ? 0n : millionths(price?.amount ?? "0") / cent;
  const due = costOf({ price: hundredths, ...share }, signedSeats(line), rounding);
  const difference = millionths(line.amount) - due.amount;
  const unitDiffers = absolute(absolute(millionths(line.unitPrice)) - due.unit) > cent;
  const known = price && !isFree ? { price } : {};
  if (absolute(difference) > cent || unitDiffers || isForeign(line, price)) {
    const expected = { unitPrice: decimalText(due.unit), amount: decimalText(due.amount) };
    return { line, status: "price", ...known, expected };
  }
  const rest = difference === 0n ? {} : { rounding: decimalText(difference) };
  return { line, status: "explained", ...known, ...rest };
}

function isForeign({ currency }: InvoiceLine, price: KnownPrice | undefined): boolean {
  return price !== undefined && price.currency !== currency;
}
