import type { Spec } from "../../model/values/json.ts";

let loaded: Promise<ReadonlyMap<string, Spec>> | undefined;

/**
 * Loads the sample catalogue on first use: offers by id in upper case, with the fields of
 * schemas/offer.schema.json.
 */
export function loadOffers(): Promise<ReadonlyMap<string, Spec>> {
  loaded ??= import("./offers.sample.json", { with: { type: "json" } }).then(
    ({ default: { offers } }) =>
      new Map(offers.map(({ id, spec }) => [id.toUpperCase(), spec as Spec])),
  );
  return loaded;
}
