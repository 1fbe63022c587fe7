import schema from "../../schemas/catalog-customization.schema.json" with { type: "json" };
import type { Catalogue } from "../model/catalogue.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Json, JsonSchema, Spec } from "../model/values/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Change } from "../model/plan/plan.ts";
import type { Pointer } from "../model/values/pointer.ts";
import { say } from "../model/text/phrase.ts";
import { after, before } from "../model/plan/before-after.ts";
import type { CatalogCustomizationSpec } from "./generated/catalog-customization.ts";
import { catalogCustomization as validate } from "./generated/validators.js";
import { unknownOffer, unpurchasable } from "./offer.ts";
import { personalIn } from "./personal.ts";
import { offerId, respellField } from "./spelling.ts";
import { record } from "../model/text/recorded.ts";

const name = "CatalogCustomization";

/** The offers at the top of the partner's catalogue. Most backends leave them to the portal. */
export const catalogCustomization: Kind<CatalogCustomizationSpec> = {
  name,
  schema: schema as JsonSchema,
  validate,
  singleton: true,
  declared: true,
  verbs: ["update"],
  references: [{ pointer: "/featuredOffers", kind: "Offer" }],
  fixed: [],
  personal: personalIn(schema as JsonSchema),
  exclusive: "never",
  key: () => name,
  complete: (spec) => spec,
  normalize: (spec) => respellField(spec, "/featuredOffers", offerIds),
  gone: () => false,
  rules: () => [],
  looksAt: [],
  checks: (change, { catalogue }) =>
    catalogue === undefined
      ? []
      : added(change).flatMap((id) =>
          judge(id, change, catalogue).map((one) => ({ ...one, field: placeOf(id, change) })),
        ),
  impact: () => ({ reversible: "yes" }),
  steps: (change) => [
    say`Sign in to Partner Center as a global admin.`,
    // The page at 21Vianet (offers-and-pricing.md, section 4).
    say`Open Dashboard > Account settings > Catalog (https://partner.partnercenter.microsoftonline.cn/commerce/preferredoffers/list).`,
    ...featured(after(change)).map((id, index) => say`Put the offer ${id} in place ${index + 1}.`),
    say`Take every other offer off the list; it then has ${featured(after(change)).length} of at most 5. Save.`,
  ],
};

function offerIds(value: Json): Json {
  return Array.isArray(value) ? value.map(offerId) : value;
}

function featured(spec: Spec | undefined): readonly string[] {
  return (spec as CatalogCustomizationSpec | undefined)?.featuredOffers ?? [];
}

/**
 * Only newly featured offers are checked. One that is already featured may have been retired since.
 */
function added(change: Change): readonly string[] {
  const old = featured(before(change));
  return featured(after(change)).filter((id) => !old.includes(id));
}

function placeOf(id: string, change: Change): Pointer {
  return `/featuredOffers/${featured(after(change)).indexOf(id)}`;
}

function judge(id: string, { address }: Change, catalogue: Catalogue): readonly Diagnostic[] {
  const offer = catalogue.find(id);
  if (offer === undefined) return [unknownOffer("catalog", id, { address, catalogue })];
  if (offer.addOn === true)
    return [
      record({
        severity: "error",
        code: "catalog/add-on",
        message: say`${String(offer.name)} is an add-on; only offers that can be bought by themselves are featured.`,
        address,
      }),
    ];
  return offer.purchasable === true ? [] : [unpurchasable("catalog", offer, address)];
}
