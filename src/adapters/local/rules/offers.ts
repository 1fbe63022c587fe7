import type { Spec } from "../../../model/values/json.ts";
import sample from "../offers.sample.json" with { type: "json" };

/** The sample catalogue, in the fields of schemas/offer.schema.json, by offer id in capitals. */
export const offers: ReadonlyMap<string, Spec> = new Map(sample.offers.map(({ id, spec }) => [id.toUpperCase(), spec as Spec]));
