import type { Catalogue } from "../../model/catalogue.ts";
import { compare } from "../../model/diagnostic.ts";
import type { OfferRow } from "../../model/ledger/history.ts";
import type { Observed } from "../../model/observed.ts";
import type { OfferSpec } from "../generated/offer.ts";

/**
 * The offers as table rows, sorted by name. The price is that of a month with monthly billing or,
 * if there is none, a month's share of another billing cycle. `aliases` are the settings' offer ids
 * by alias.
 */
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
  const { name, quantity, billingCycles, addOn, trial, purchasable, upgradesTo } =
    spec as OfferSpec;
  const byPreference = [...billingCycles].sort(
    (left, right) => Number(right === "monthly") - Number(left === "monthly"),
  );
  const price = byPreference
    .map((cycle) => catalogue.price(id, cycle))
    .find((found) => found !== undefined);
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
