import type { Support } from "../../model/adapter.ts";
import { covers, type Pointer } from "../../model/values/pointer.ts";

/**
 * The capabilities of 21Vianet's Partner Center by kind, from its documentation: profiles are
 * replaced whole, except company name and billing country; a customer is created once, and only its
 * billing profile can change; a subscription is never deleted. Only creating a customer is
 * documented to be idempotent per request id. CatalogCustomization has no API there: an option
 * switches one on.
 */
export const defaults: Readonly<Record<string, Support>> = {
  PartnerProfile: {
    verbs: ["update"],
    readable: ["/legalBusiness", "/billing", "/organization", "/support"],
    writable: [
      ...["address", "primaryContact", "companyApproverAddress", "companyApproverEmail"].map(
        (field) => `/legalBusiness/${field}`,
      ),
      ...["region", "city", "state", "addressLine1", "addressLine2", "postalCode"].map(
        (field) => `/billing/address/${field}`,
      ),
      ...["firstName", "middleName", "lastName", "phoneNumber"].map(
        (field) => `/billing/address/${field}`,
      ),
      ...["/billing/primaryContact", "/billing/purchaseOrderNumber", "/billing/taxId"],
      "/organization",
      "/support",
    ],
    repeatable: [],
  },
  User: {
    verbs: ["create", "update", "remove"],
    readable: [""],
    writable: [""],
    repeatable: ["remove"],
    lag: 10,
  },
  Customer: {
    verbs: ["create", "update"],
    readable: [""],
    writable: [""],
    repeatable: ["create"],
  },
  Subscription: {
    verbs: ["create", "update", "upgrade", "remove"],
    readable: [""],
    writable: [""],
    repeatable: ["remove"],
    lag: 900,
  },
  Offer: { verbs: [], readable: [""], writable: [], repeatable: [] },
};

/** Featured offers, where the option says that the service has them. */
const catalog: Support = {
  verbs: ["update"],
  readable: ["/featuredOffers"],
  writable: ["/featuredOffers"],
  repeatable: ["update"],
};

/** The options that affect capabilities. */
export interface Given {
  readonly capabilities: Readonly<Record<string, Partial<Support> | false>>;
  readonly cloud: "china" | "global";
  readonly orders: "direct" | "cart";
  readonly featuredOffers: boolean;
}

/**
 * The default capabilities, overridden by the options. Omits kinds set to false. In the global
 * cloud, Subscription is always read-only, because new commerce has other rules.
 */
export function supports({
  capabilities,
  cloud,
  orders,
  featuredOffers,
}: Given): Readonly<Record<string, Support>> {
  const kinds = { ...defaults, ...(featuredOffers && { CatalogCustomization: catalog }) };
  return Object.fromEntries(
    Object.entries(kinds).flatMap(([kind, support]) => {
      const own = capabilities[kind];
      if (own === false) return [];
      const readOnly =
        kind === "Subscription" && cloud === "global"
          ? { verbs: [], writable: [], repeatable: [] }
          : {};
      const inCarts =
        kind === "Subscription" && orders === "cart" ? { proposes: ["create" as const] } : {};
      return [[kind, { ...support, ...inCarts, ...own, ...readOnly }]];
    }),
  );
}

/** Whether the pointers include the field, one of its parents or anything below it. */
export function touches(pointers: readonly Pointer[], field: Pointer): boolean {
  return covers(pointers, field) || pointers.some((pointer) => covers([field], pointer));
}
