import { self, shape, typedResource, word } from "./shape.ts";
import { address, contact, count } from "../pipeline/schemas.ts";

const named = { companyName: word, profileType: word, ...self };

/** The partner's profiles. */
export const profiles = {
  legalbusiness: shape(
    {
      ...{
        ...named,
        address,
        primaryContact: contact,
        companyApproverAddress: address,
        companyApproverEmail: word,
      },
      ...{ vettingStatus: word, vettingSubStatus: word, ...typedResource("LegalBusinessProfile") },
    },
    ...["companyApproverAddress", "companyApproverEmail"],
  ),
  billing: shape(
    {
      ...{
        ...named,
        address,
        primaryContact: contact,
        purchaseOrderNumber: word,
        taxId: word,
        billingCurrency: word,
        billingDay: count,
      },
      ...typedResource("BillingProfile", true),
    },
    ...["purchaseOrderNumber", "taxId", "billingDay"],
  ),
  organization: shape(
    {
      ...{
        ...named,
        id: word,
        tenantId: word,
        domain: word,
        defaultAddress: address,
        email: word,
        language: word,
        culture: word,
      },
      ...typedResource("OrganizationProfile", true),
    },
    ...["email", "language", "culture"],
  ),
  support: shape(
    {
      email: word,
      telephone: word,
      website: word,
      profileType: word,
      ...self,
      ...typedResource("PartnerSupportProfile"),
    },
    ...["email", "telephone", "website"],
  ),
  mpn: shape(
    { mpnId: word, partnerName: word, profileType: word, ...self, ...typedResource("MpnProfile") },
    "partnerName",
  ),
} as const;
