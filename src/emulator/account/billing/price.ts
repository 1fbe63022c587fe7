import data from "../../offers.sample.json" with { type: "json" };
import type { EmulatedPriceList, SeatPrice } from "./records.ts";
import type { Transaction } from "../transaction.ts";

const sample: EmulatedPriceList = {
  effective: data.priceList.effectiveDate,
  prices: Object.fromEntries(
    data.priceList.items.map(({ offerId, pricePerMonth, pricePerYear }) => [
      offerId.toUpperCase(),
      { perMonth: cents(pricePerMonth), perYear: cents(pricePerYear) },
    ]),
  ),
};

/**
 * The price of one seat of an offer on a date (YYYY-MM-DD): of the latest list that is in force and
 * has the offer, otherwise of the sample list. Undefined if no list has it, as for trials.
 */
export function priceOn(
  transaction: Transaction,
  offerId: string,
  date: string,
): SeatPrice | undefined {
  const lists = [...transaction.all("prices")].filter(
    ({ effective, prices }) => effective <= date && prices[offerId] !== undefined,
  );
  const latest = lists.sort((one, other) => (one.effective < other.effective ? 1 : -1))[0];
  return (latest ?? sample).prices[offerId];
}

function cents(price: number): number {
  return Math.round(price * 100);
}
