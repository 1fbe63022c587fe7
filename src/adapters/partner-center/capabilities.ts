import type { Support } from "../../model/adapter.ts";
import { covers, type Pointer } from "../../model/values/pointer.ts";

/**
 * What 21Vianet's Partner Center can do with each kind, as its documentation has it: profiles are replaced whole but for company name and
 * billing country; a customer is created once, and only its billing profile changes; a subscription is never deleted. Only the creation of a
 * customer is documented to happen once per request id. CatalogCustomization has no API at all.
 */
export const defaults: Readonly<Record<string, Support>> = {
  PartnerProfile: {
    verbs: ["update"],
    readable: ["/legalBusiness", "/billing", "/organization", "/support"],
    writable: [
      ...["address", "primaryContact", "companyApproverAddress", "companyApproverEmail"].map((field) => `/legalBusiness/${field}`),
      ...["region", "city", "state", "addressLine1", "addressLine2", "postalCode"].map((field) => `/billing/address/${field}`),
      ...["firstName", "middleName", "lastName", "phoneNumber"].map((field) => `/billing/address/${field}`),
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

/** What the options say of capabilities. */
export interface Given {
  readonly capabilities: Readonly<Record<string, Partial<Support> | false>>;
  readonly cloud: "china" | "global";
}

/** The capabilities with what the settings say otherwise; a kind that is set to false is left out, and where subscriptions are of new commerce, which has other rules, no setting lets them be written. */
export function supports({ capabilities, cloud }: Given): Readonly<Record<string, Support>> {
  return Object.fromEntries(
    Object.entries(defaults).flatMap(([kind, support]) => {
      const own = capabilities[kind];
      if (own === false) return [];
      const readOnly = kind === "Subscription" && cloud === "global" ? { verbs: [], writable: [], repeatable: [] } : {};
      return [[kind, { ...support, ...own, ...readOnly }]];
    }),
  );
}

/** Whether anything at or below a field is among these. */
export function touches(pointers: readonly Pointer[], field: Pointer): boolean {
  return covers(pointers, field) || pointers.some((pointer) => covers([field], pointer));
}
