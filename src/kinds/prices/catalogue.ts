import type { Catalogue, UnitPrice } from "../../model/catalogue.ts";
import type { Spec } from "../../model/values/json.ts";
import { amount } from "../../model/values/money.ts";
import type { Observed } from "../../model/observed.ts";
import type { OfferSpec } from "../generated/offer.ts";
import type { PriceList } from "./price-list.ts";
import { divideRounded, termPrice } from "./term-price.ts";

/**
 * Looks up offers and prices by offer id, ignoring case. Without a price list, no price is known.
 */
export function catalogue(offers: readonly Observed[], prices?: PriceList): Catalogue {
  const specs = new Map(
    offers.map((offer): [string, Spec] => [offer.id.toUpperCase(), offer.spec]),
  );
  return {
    find: (id) => specs.get(id.toUpperCase()),
    ids: [...specs.keys()],
    price: (id, billingCycle) =>
      unitPrice({ id: id.toUpperCase(), offer: specs.get(id.toUpperCase()), billingCycle }, prices),
  };
}

interface Unit {
  readonly id: string;
  readonly offer: Spec | undefined;
  readonly billingCycle: string | undefined;
}

function unitPrice(
  { id, offer, billingCycle }: Unit,
  prices: PriceList | undefined,
): UnitPrice | undefined {
  const price = prices?.prices.get(id);
  if (prices === undefined || price === undefined) return undefined;
  const months = monthsOf(offer as OfferSpec | undefined);
  const committed = termPrice(price, billingCycle, months);
  if (committed === undefined) return undefined;
  return {
    perMonth: amount(divideRounded(committed, BigInt(months))),
    committed: amount(committed),
    months,
    currency: prices.currency,
  };
}

/** The months of a term, at least 1. A year if the offer has no term; 30 days count as a month. */
function monthsOf(offer: OfferSpec | undefined): number {
  const { unit, count } = offer?.term ?? { unit: "year", count: 1 };
  if (unit === "day") return Math.max(1, Math.round(count / 30));
  return Math.max(1, unit === "year" ? 12 * count : count);
}
