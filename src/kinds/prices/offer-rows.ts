import type { Catalogue } from "../../model/catalogue.ts";
import { compare } from "../../model/diagnostic.ts";
import type { OfferRow } from "../../model/ledger/history.ts";
import type { Observed } from "../../model/observed.ts";
import type { OfferSpec } from "../generated/offer.ts";

/** The offers as a table's rows, by name: with the price of a month billed by the month, or the month's share where it cannot be, and the name the settings give each. */
export function offerRows(
  offers: readonly Observed[],
  catalogue: Catalogue,
  aliases: Readonly<Record<string, string>>,
): readonly OfferRow[] {
  const names = new Map(Object.entries(aliases).map(([alias, id]) => [id.toUpperCase(), alias]));
  return offers
    .map((offer) => row(offer, catalogue, names.get(offer.id.toUpperCase())))
    .sort((left, right) => compare(left.name, right.name) || compare(left.id, right.id));
}

function row({ id, spec }: Observed, catalogue: Catalogue, alias: string | undefined): OfferRow {
  const { name, quantity, billingCycles, addOn, trial, purchasable, upgradesTo } = spec as OfferSpec;
  const byPreference = [...billingCycles].sort((left, right) => Number(right === "monthly") - Number(left === "monthly"));
  const price = byPreference.map((cycle) => catalogue.price(id, cycle)).find((found) => found !== undefined);
  return {
    id,
    name,
    ...(alias !== undefined && { alias }),
    ...(price && { perMonth: price.perMonth, currency: price.currency }),
    quantity,
    billingCycles,
    addOn,
    trial,
    purchasable,
    upgradesTo,
  };
}
