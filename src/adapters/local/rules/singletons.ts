import { say } from "../../../model/text/say.ts";
import { changeEffect, patchSpec, type Rules, rejection } from "./rules.ts";

/** The partner's profiles. Legal company name and billing country cannot change. */
export const partnerProfile: Rules = {
  kind: "PartnerProfile",
  fields: ["/legalBusiness", "/billing", "/organization", "/support"],
  repeatable: ["update"],
  update: (request, old) =>
    changeEffect(old, { spec: patchSpec(request, old, ["/legalBusiness/companyName", "/billing/address/country"]) }),
};

/**
 * Featured offers: at most five, in order, without duplicates, each purchasable and not an add-on.
 */
export const catalogCustomization: Rules = {
  kind: "CatalogCustomization",
  fields: ["/featuredOffers"],
  repeatable: ["update"],
  update(request, old) {
    const spec = patchSpec(request, old, []);
    const featured: readonly unknown[] = Array.isArray(spec.featuredOffers) ? spec.featuredOffers : [];
    if (featured.length > 5) throw rejection(say`at most five offers can be featured`);
    if (new Set(featured.map((id) => String(id).toUpperCase())).size < featured.length)
      throw rejection(say`an offer cannot be featured twice`);
    for (const id of featured) {
      const offer = request.offers.get(String(id).toUpperCase());
      if (offer?.purchasable !== true || offer.addOn === true) throw rejection(say`the offer ${String(id)} cannot be featured`);
    }
    return changeEffect(old, { spec });
  },
};

/** The catalogue, which is read-only. */
export const offer: Rules = {
  kind: "Offer",
  fields: [""],
  repeatable: [],
};
