import type { Schema } from "./route.ts";
import { address, contact, count, flag, object, text } from "./schemas.ts";

const word = text();

/** An object with exactly these properties; all but the optional ones are required. */
export function shape(
  properties: Readonly<Record<string, Schema>>,
  ...optional: readonly string[]
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { ...object(properties, ...required), additionalProperties: false };
}

/** An array of these items. */
export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** `attributes`, with an etag if the resource is versioned. */
export function typedResource(
  objectType: string,
  versioned = false,
): { readonly attributes: Schema } {
  const properties = { objectType: { const: objectType }, etag: text(1) };
  return {
    attributes: versioned ? shape(properties) : shape({ objectType: properties.objectType }),
  };
}

/** A link. An external link may lack its URI. */
export const link: Schema = shape(
  { uri: word, method: { const: "GET" }, headers: list(shape({ key: word, value: word })) },
  "uri",
);
const self = { links: shape({ self: link }) };

/** The envelope of a Partner Center list. */
export function collection(items: Schema): Schema {
  const links = shape({ self: link, next: link }, "next");
  const envelope = {
    totalCount: count,
    items: list(items),
    continuationToken: text(1),
    links,
    ...typedResource("Collection"),
  };
  return shape(envelope, "continuationToken", "links");
}

const company = {
  tenantId: word,
  domain: word,
  companyName: word,
  ...typedResource("CustomerCompanyProfile"),
};
/** A customer's company profile, read on its own. */
export const companyProfile = shape({
  ...company,
  address: object({ country: text(2, 2) }),
  email: word,
  ...self,
});
const billing = {
  id: word,
  firstName: word,
  lastName: word,
  email: word,
  culture: word,
  language: word,
  companyName: word,
};
const billingOf = {
  ...billing,
  defaultAddress: address,
  ...typedResource("CustomerBillingProfile", true),
};
/** A customer's billing profile. It has links except in the response that created the customer. */
export const billingProfile = shape({ ...billingOf, ...self }, "firstName", "lastName", "links");

const inList = {
  id: word,
  companyProfile: shape({ ...company, ...self }, "links"),
  relationshipToPartner: word,
  ...typedResource("Customer"),
};
/** A customer in a list, without its billing profile. */
export const listedCustomer = shape({ ...inList, ...self });
/** A customer read by its id. */
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
/** A customer that was just created. The credentials are shown once. */
export const newCustomer = shape(
  {
    ...inList,
    commerceId: word,
    billingProfile,
    userCredentials: shape({ userName: word, password: word }),
  },
  "userCredentials",
);

/** An offer of the sample catalogue. */
export const offer = object(
  {
    ...{
      id: text(1),
      name: word,
      description: word,
      minimumQuantity: count,
      maximumQuantity: count,
      rank: count,
      uri: word,
      locale: word,
    },
    ...{
      country: word,
      category: object({ id: word, name: word, rank: count }),
      limitUnitOfMeasure: word,
      limit: count,
      term: count,
    },
    ...{
      termUnitOfMeasure: word,
      prerequisiteOffers: list(word),
      isAddOn: flag,
      hasAddOns: flag,
      isAvailableForPurchase: flag,
    },
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

/** A subscription. Fields that the quirk `listsWithoutOffers` removes are optional. */
export const subscription = shape(
  {
    ...{
      id: word,
      offerId: word,
      offerName: word,
      friendlyName: word,
      quantity: count,
      unitType: word,
      hasPurchasableAddons: flag,
    },
    ...{
      creationDate: word,
      effectiveStartDate: word,
      commitmentEndDate: word,
      autoRenewEnabled: flag,
      isTrial: flag,
      billingType: word,
    },
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
  ...[
    "offerId",
    "offerName",
    "unitType",
    "hasPurchasableAddons",
    "isTrial",
    "partnerId",
    "parentSubscriptionId",
    "suspensionReasons",
  ],
);

const line = {
  lineItemNumber: count,
  offerId: word,
  subscriptionId: word,
  friendlyName: word,
  quantity: count,
  partnerIdOnRecord: word,
};
const ordered = {
  id: word,
  referenceCustomerId: word,
  billingCycle: word,
  currencyCode: { const: "CNY" },
  creationDate: word,
};
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
/** The result of a cart's checkout. */
export const checkout = shape({
  orders: list(
    shape({
      ...ordered,
      ...{ alternateId: word, status, transactionType: word, ...typedResource("Order") },
      lineItems: list(
        shape({ ...line, transactionType: word }, "friendlyName", "partnerIdOnRecord"),
      ),
    }),
  ),
  orderErrors: list(
    object({ orderGroupId: word, description: word }, "orderGroupId", "code", "description"),
  ),
  ...typedResource("CartCheckoutResult"),
});
/** A cart. */
export const cart = shape(
  {
    ...{
      id: word,
      creationTimestamp: word,
      lastModifiedTimestamp: word,
      expirationTimestamp: word,
      lastModifiedUser: word,
    },
    status: { enum: ["Active", "Ordered"] },
    lineItems: list(
      object(
        { id: count, catalogItemId: word, quantity: count, billingCycle: word, orderGroup: word },
        "id",
        "orderGroup",
      ),
    ),
    ...self,
    ...typedResource("Cart"),
  },
  "lastModifiedUser",
);

const upgradeErrors = list(
  shape({ code: count, description: word, ...typedResource("UpgradeError") }),
);
/** An upgrade of a subscription. */
export const upgrade = shape({
  ...{ targetOffer: offer, upgradeType: word, isEligible: flag, quantity: count, upgradeErrors },
  ...typedResource("Upgrade"),
});
/** The result of an upgrade. The target is missing if the upgrade failed. */
export const upgraded = shape(
  {
    ...{
      sourceSubscriptionId: word,
      targetSubscriptionId: word,
      upgradeType: count,
      upgradeErrors,
      licenseErrors: list(object({})),
    },
    ...typedResource("UpgradeResult"),
  },
  "targetSubscriptionId",
);

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
