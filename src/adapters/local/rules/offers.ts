import type { Spec } from "../../../model/values/json.ts";
import sample from "../offers.sample.json" with { type: "json" };

/** The sample catalogue by offer id in upper case, with the fields of schemas/offer.schema.json. */
export const offers: ReadonlyMap<string, Spec> = new Map(sample.offers.map(({ id, spec }) => [id.toUpperCase(), spec as Spec]));
