import type { Spec } from "../model/values/json.ts";
import type { Observed } from "../model/observed.ts";
import { valueAt } from "../model/values/pointer.ts";

/** What the suite uses an offer for. */
export type OfferUse = "plain" | "base" | "addOn" | "source" | "target";

/**
 * The offers of a catalogue that the suite can use. A use is missing if the catalogue has no offer
 * for it.
 */
export type Offers = Readonly<Partial<Record<OfferUse, Observed>>>;

/** The quantity of each first order in the suite. */
export const seats = 10;

/**
 * Picks offers with monthly billing that can be bought in quantities from 10 to 20. `plain` has no
 * limit per customer, `addOn` is an add-on of `base`, and `source` can be upgraded to `target`.
 */
export function pickOffers(catalogue: readonly Observed[]): Offers {
  const byId = new Map(catalogue.map((one) => [one.id.toUpperCase(), one]));
  const buyable = catalogue.filter(({ spec }) => isBuyable(spec));
  const whole = buyable.filter(({ spec }) => spec.addOn !== true);
  const find = (id: unknown) => whole.find((one) => one === byId.get(String(id).toUpperCase()));
  const plain = whole.find(({ spec }) => valueAt(spec, "/limit/unit") === "none");
  const addOn = buyable.find(
    ({ spec }) => spec.addOn === true && list(spec.prerequisites).some(find),
  );
  const source = whole.find(({ spec }) => list(spec.upgradesTo).some(find));
  return defined({
    plain,
    addOn,
    base: list(addOn?.spec.prerequisites).map(find).find(Boolean),
    source,
    target: list(source?.spec.upgradesTo).map(find).find(Boolean),
  });
}

function isBuyable(spec: Spec): boolean {
  const range = {
    minimum: Number(valueAt(spec, "/quantity/minimum")),
    maximum: Number(valueAt(spec, "/quantity/maximum")),
  };
  return (
    spec.purchasable === true &&
    spec.trial !== true &&
    range.minimum <= seats &&
    range.maximum >= 2 * seats &&
    list(spec.billingCycles).includes("monthly")
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function defined(offers: Readonly<Record<OfferUse, Observed | undefined>>): Offers {
  return Object.fromEntries(Object.entries(offers).filter(([, one]) => one !== undefined));
}
