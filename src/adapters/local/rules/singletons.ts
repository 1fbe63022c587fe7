import { changeEffect, patchSpec, type Rules } from "./rules.ts";

/** The partner's profiles. Legal company name and billing country cannot change. */
export const partnerProfile: Rules = {
  kind: "PartnerProfile",
  fields: ["/legalBusiness", "/billing", "/organization", "/support"],
  repeatable: ["update"],
  update: (request, old) =>
    changeEffect(old, {
      spec: patchSpec(request, old, ["/legalBusiness/companyName", "/billing/address/country"]),
    }),
};

/**
 * Featured offers, in order.
 */
export const catalogCustomization: Rules = {
  kind: "CatalogCustomization",
  fields: ["/featuredOffers"],
  repeatable: ["update"],
  update: (request, old) => changeEffect(old, { spec: patchSpec(request, old, []) }),
};

/** The catalogue, which is read-only. */
export const offer: Rules = {
  kind: "Offer",
  fields: [""],
  repeatable: [],
};
