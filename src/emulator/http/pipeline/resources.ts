import type { Schema } from "./route.ts";
import { address, contact, count, flag, object, text } from "./schemas.ts";

const word = text();

/** An object with these properties and no others; all but the optional ones are there. */
export function shape(properties: Readonly<Record<string, Schema>>, ...optional: readonly string[]): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { ...object(properties, ...required), additionalProperties: false };
}

/** A list of such values. */
export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** `attributes`, with an etag where the resource has versions. */
export function typedResource(objectType: string, versioned = false): { readonly attributes: Schema } {
  const properties = { objectType: { const: objectType }, etag: text(1) };
  return { attributes: versioned ? shape(properties) : shape({ objectType: properties.objectType }) };
}

/** A link; one that leads out of the service may have no address. */
export const link: Schema = shape({ uri: word, method: { const: "GET" }, headers: list(shape({ key: word, value: word })) }, "uri");
const self = { links: shape({ self: link }) };

/** Partner Center's envelope of a list. */
export function collection(items: Schema): Schema {
  const links = shape({ self: link, next: link }, "next");
  const envelope = { totalCount: count, items: list(items), continuationToken: text(1), links, ...typedResource("Collection") };
  return shape(envelope, "continuationToken", "links");
}

const company = { tenantId: word, domain: word, companyName: word, ...typedResource("CustomerCompanyProfile") };
/** A customer's company profile, as it is read by itself. */
export const companyProfile = shape({ ...company, address: object({ country: text(2, 2) }), email: word, ...self });
const billing = { id: word, firstName: word, lastName: word, email: word, culture: word, language: word, companyName: word };
const billingOf = { ...billing, defaultAddress: address, ...typedResource("CustomerBillingProfile", true) };
/** A customer's billing profile, which has links but in the answer that made the customer. */
export const billingProfile = shape({ ...billingOf, ...self }, "firstName", "lastName", "links");

const inList = {
  id: word,
  companyProfile: shape({ ...company, ...self }, "links"),
  relationshipToPartner: word,
  ...typedResource("Customer"),
};
/** A customer in a list: without its billing profile. */
export const listedCustomer = shape({ ...inList, ...self });
/** A customer by its id. */
export const customer = shape(
  {
    ...inList,
    ...self,
    commerceId: word,
    billingProfile,
    allowDelegatedAccess: flag,
    customDomains: list(word),
    associatedPartnerId: word,
  },
  "associatedPartnerId",
);
/** A customer that was just created, with the credential that is shown once. */
export const newCustomer = shape(
  { ...inList, commerceId: word, billingProfile, userCredentials: shape({ userName: word, password: word }) },
  "userCredentials",
);

/** An offer; the sample catalogue has all of these. */
export const offer = object(
  {
    ...{ id: text(1), name: word, description: word, minimumQuantity: count, maximumQuantity: count, rank: count, uri: word, locale: word },
    ...{ country: word, category: object({ id: word, name: word, rank: count }), limitUnitOfMeasure: word, limit: count, term: count },
    ...{ termUnitOfMeasure: word, prerequisiteOffers: list(word), isAddOn: flag, hasAddOns: flag, isAvailableForPurchase: flag },
    ...{
      billing: word,
      supportedBillingCycles: list(word),
      isTrial: flag,
      salesGroupId: word,
      unitType: word,
      upgradeTargetOffers: list(word),
    },
    links: shape({ learnMore: link, self: link }, "learnMore"),
  },
  ...[
    "id",
    "name",
    "minimumQuantity",
    "maximumQuantity",
    "category",
    "isAddOn",
    "isTrial",
    "billing",
    "supportedBillingCycles",
    "unitType",
  ],
);

/** A subscription; what the quirk of a list without offers leaves out is optional. */
export const subscription = shape(
  {
    ...{ id: word, offerId: word, offerName: word, friendlyName: word, quantity: count, unitType: word, hasPurchasableAddons: flag },
    ...{ creationDate: word, effectiveStartDate: word, commitmentEndDate: word, autoRenewEnabled: flag, isTrial: flag, billingType: word },
    status: { enum: ["none", "active", "pending", "suspended", "deleted"] },
    ...{
      billingCycle: word,
      contractType: word,
      orderId: word,
      partnerId: word,
      parentSubscriptionId: word,
      suspensionReasons: list(word),
    },
    links: shape({ offer: link, parentSubscription: link, self: link }, "parentSubscription"),
    ...typedResource("Subscription", true),
  },
  ...["offerId", "offerName", "unitType", "hasPurchasableAddons", "isTrial", "partnerId", "parentSubscriptionId", "suspensionReasons"],
);

const line = { lineItemNumber: count, offerId: word, subscriptionId: word, friendlyName: word, quantity: count, partnerIdOnRecord: word };
const ordered = { id: word, referenceCustomerId: word, billingCycle: word, currencyCode: { const: "CNY" }, creationDate: word };
const status: Schema = { enum: ["completed", "pending", "cancelled"] };
const subscribed = { links: shape({ subscription: link }) };
/** An order. */
export const order = shape({
  ...ordered,
  currencySymbol: word,
  lineItems: list(shape({ ...line, ...subscribed }, "friendlyName", "partnerIdOnRecord")),
  status,
  ...self,
  ...typedResource("Order", true),
});
/** What came of a cart. */
export const checkout = shape({
  orders: list(
    shape({
      ...ordered,
      ...{ alternateId: word, status, transactionType: word, ...typedResource("Order") },
      lineItems: list(shape({ ...line, transactionType: word }, "friendlyName", "partnerIdOnRecord")),
    }),
  ),
  orderErrors: list(object({ orderGroupId: word, description: word }, "orderGroupId", "code", "description")),
  ...typedResource("CartCheckoutResult"),
});
/** A cart. */
export const cart = shape(
  {
    ...{ id: word, creationTimestamp: word, lastModifiedTimestamp: word, expirationTimestamp: word, lastModifiedUser: word },
    status: { enum: ["Active", "Ordered"] },
    lineItems: list(object({ id: count, catalogItemId: word, quantity: count, billingCycle: word, orderGroup: word }, "id", "orderGroup")),
    ...self,
    ...typedResource("Cart"),
  },
  "lastModifiedUser",
);

const upgradeErrors = list(shape({ code: count, description: word, ...typedResource("UpgradeError") }));
/** One way up. */
export const upgrade = shape({
  ...{ targetOffer: offer, upgradeType: word, isEligible: flag, quantity: count, upgradeErrors },
  ...typedResource("Upgrade"),
});
/** What came of an upgrade, which may be nothing. */
export const upgraded = shape(
  {
    ...{ sourceSubscriptionId: word, targetSubscriptionId: word, upgradeType: count, upgradeErrors, licenseErrors: list(object({})) },
    ...typedResource("UpgradeResult"),
  },
  "targetSubscriptionId",
);

const named = { companyName: word, profileType: word, ...self };
/** The partner's own profiles. */
export const profiles = {
  legalbusiness: shape(
    {
      ...{ ...named, address, primaryContact: contact, companyApproverAddress: address, companyApproverEmail: word },
      ...{ vettingStatus: word, vettingSubStatus: word, ...typedResource("LegalBusinessProfile") },
    },
    ...["companyApproverAddress", "companyApproverEmail"],
  ),
  billing: shape(
    {
      ...{ ...named, address, primaryContact: contact, purchaseOrderNumber: word, taxId: word, billingCurrency: word, billingDay: count },
      ...typedResource("BillingProfile", true),
    },
    ...["purchaseOrderNumber", "taxId", "billingDay"],
  ),
  organization: shape(
    {
      ...{ ...named, id: word, tenantId: word, domain: word, defaultAddress: address, email: word, language: word, culture: word },
      ...typedResource("OrganizationProfile", true),
    },
    ...["email", "language", "culture"],
  ),
  support: shape(
    { email: word, telephone: word, website: word, profileType: word, ...self, ...typedResource("PartnerSupportProfile") },
    ...["email", "telephone", "website"],
  ),
  mpn: shape({ mpnId: word, partnerName: word, profileType: word, ...self, ...typedResource("MpnProfile") }, "partnerName"),
} as const;
