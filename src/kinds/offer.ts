import schema from "../../schemas/offer.schema.json" with { type: "json" };
import type { Address } from "../model/address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { JsonSchema, Spec } from "../model/values/json.ts";
import type { Kind } from "../model/kind.ts";
import { say } from "../model/text/say.ts";
import type { OfferSpec } from "./generated/offer.ts";
import { offer as validate } from "./generated/validators.js";
import { personalIn } from "./personal.ts";

/**
 * An offer of the catalogue: observed, never declared. Its key is its id. The spec does not contain
 * the id, so adapters pass it as the name.
 */
export const offer: Kind<OfferSpec> = {
  name: "Offer",
  schema: schema as JsonSchema,
  validate,
  singleton: false,
  declared: false,
  verbs: [],
  references: [],
  fixed: [],
  personal: personalIn(schema as JsonSchema),
  exclusive: "never",
  key: (_spec, name) => name.toUpperCase(),
  complete: (spec) => spec,
  normalize: (spec) => spec,
  gone: () => false,
  rules: () => [],
  checks: () => [],
  impact: () => ({ reversible: "yes" }),
};

/** The error for an offer that is not in the catalogue. */
export function unknownOffer(area: "catalog" | "subscription", id: string, address: Address): Diagnostic {
  const hint = say`\`partnerctl offers\` lists what there is`;
  return { severity: "error", code: `${area}/offer-unknown`, message: say`the catalogue has no offer ${id}`, address, hint };
}

/** The error for an offer that can no longer be bought. */
export function unpurchasable(area: "catalog" | "subscription", offer: Spec, address: Address): Diagnostic {
  const hint = say`\`partnerctl offers\` lists what there is`;
  return { severity: "error", code: `${area}/offer-not-purchasable`, message: say`${offer.name} cannot be bought any more`, address, hint };
}
