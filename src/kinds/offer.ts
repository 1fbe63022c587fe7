import type { Catalogue } from "../model/catalogue.ts";
import schema from "../../schemas/offer.schema.json" with { type: "json" };
import type { Address } from "../model/address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { JsonSchema, Spec } from "../model/values/json.ts";
import type { Kind } from "../model/kind.ts";
import { say } from "../model/text/phrase.ts";
import { similar } from "../model/text/similar.ts";
import type { OfferSpec } from "./generated/offer.ts";
import { offer as validate } from "./generated/validators.js";
import { personalIn } from "./personal.ts";
import { record } from "../model/text/recorded.ts";

/**
 * An offer of the catalogue: observed, never declared. Its key is its id, which is no field of it,
 * so an adapter gives it as the name.
 */
export const offer: Kind<OfferSpec> = {
  name: "Offer",
  schema: schema as JsonSchema,
  validate,
  singleton: false,
  declared: false,
  verbs: [],
  references: [],
  title: "/name",
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

interface OfferAsked {
  readonly address: Address;
  readonly catalogue: Catalogue;
}

/** The catalogue has no such offer; those whose ids are like it are named, with their products. */
export function unknownOffer(
  area: "catalog" | "subscription",
  id: string,
  { address, catalogue }: OfferAsked,
): Diagnostic {
  const near = similar(id, catalogue.ids).map(
    (one) => `\`${one}\` (${String(catalogue.find(one)?.name)})`,
  );
  const hint =
    near.length > 0
      ? say`Did you mean ${{ either: near }}?`
      : say`\`partnerctl offers\` lists what there is.`;
  return record({
    severity: "error",
    code: `${area}/offer-unknown`,
    message: say`The catalogue has no offer ${id}.`,
    address,
    hint,
  });
}

/** The offer cannot be bought any more. */
export function unpurchasable(
  area: "catalog" | "subscription",
  offer: Spec,
  address: Address,
): Diagnostic {
  const hint = say`\`partnerctl offers\` lists what there is.`;
  return record({
    severity: "error",
    code: `${area}/offer-not-purchasable`,
    message: say`${String(offer.name)} cannot be bought any more.`,
    address,
    hint,
  });
}
