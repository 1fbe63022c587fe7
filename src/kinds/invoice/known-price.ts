import type { InvoiceLine } from "../../model/billing/invoice.ts";
import type { KnownPrice } from "../../model/billing/reconciliation.ts";
import { amount } from "../../model/values/money.ts";
import { absolute, decimalText, millionths } from "./amounts.ts";
import { type BillingDays, firstBilled } from "./billing-periods.ts";
import { familyOf } from "./charge-type.ts";
import { addMonths, dayNumber, dayText } from "./days.ts";
import type { SeatHistory } from "./seat-history.ts";

/** The price of a seat for a period of a billing cycle, in the list in force on a date. */
export type PriceOn = (
  offerId: string,
  cycle: string,
  date: string,
) => { readonly amount: string; readonly currency: string } | undefined;

/** Finds the price of a line's billing period. */
export type PriceLookup = (
  history: SeatHistory,
  bill: BillingDays,
  line: Pick<InvoiceLine, "from">,
) => KnownPrice | undefined;

/**
 * The price in force when the term of a line began: as the order recorded it, for the first term;
 * else of the list that was in force; else of the first whole period in these lines.
 */
export function priceLookup(lines: readonly InvoiceLine[], priceOn: PriceOn): PriceLookup {
  const assumed = new Map<string, KnownPrice>();
  const whole = lines
    .filter(({ chargeType }) => familyOf(chargeType) === "advance")
    .toSorted((one, other) => dayNumber(one.from) - dayNumber(other.from));
  for (const { subscriptionId = "", unitPrice, currency } of whole)
    if (!assumed.has(subscriptionId))
      assumed.set(subscriptionId, {
        ...{ amount: decimalText(absolute(millionths(unitPrice))), currency, source: "assumed" },
      });
  return (history, bill, { from }) => {
    const began = termBegan(history, bill, dayNumber(from));
    const { price, offerId, cycle, ordered } = history;
    if (price && began === ordered)
      return { amount: amount(price.hundredths), currency: price.currency, source: "ledger" };
    const listed = priceOn(offerId, cycle, dayText(began));
    return listed ? { ...listed, source: "list" } : assumed.get(history.id);
  };
}

/**
 * The day whose prices hold: of the order, then of each renewal, a year after the first billing.
 */
function termBegan(history: SeatHistory, bill: BillingDays, day: number): number {
  const first = firstBilled(history, bill);
  let began = history.ordered;
  for (let years = 1; addMonths(first, 12 * years) <= day; years += 1)
    began = addMonths(first, 12 * years);
  return began;
}
