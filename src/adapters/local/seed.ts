import { createHash } from "node:crypto";
import type { Spec } from "../../model/values/json.ts";
import type { AccountEntry } from "./account.ts";
import { userKey } from "./rules/user.ts";

/**
 * The initial content of an account: sample profiles, no featured offers, one global admin. The
 * same name and admin always give the same account.
 */
export function seedEntry(name: string, admin: string): Extract<AccountEntry, { type: "founded" }> {
  const account = guid(name, "account");
  const user = {
    userPrincipalName: admin,
    displayName: "First Admin",
    givenName: "First",
    surname: "Admin",
    accountEnabled: true,
    usageLocation: "CN",
    recovery: {},
    roles: { agent: "none", administrator: "global" },
  };
  const principal = guid(name, "User", userKey(user));
  const objects = [
    { kind: "PartnerProfile", id: account, key: "", spec: profile(admin), version: 1 },
    {
      kind: "CatalogCustomization",
      id: account,
      key: "",
      spec: { featuredOffers: [] },
      version: 1,
    },
    { kind: "User", id: principal, key: userKey(user), spec: user, version: 1 },
  ];
  return { type: "founded", version: 1, account, principal, objects };
}

function profile(admin: string): Spec {
  const companyName = "Contoso Cloud (Shanghai) Co., Ltd.";
  const address = {
    country: "CN",
    state: "SH",
    city: "Shanghai",
    addressLine1: "No. 1 Sample Road, Pudong",
    postalCode: "200120",
  };
  const primaryContact = {
    firstName: "First",
    lastName: "Admin",
    email: admin,
    phoneNumber: "02155550100",
  };
  return {
    legalBusiness: {
      companyName,
      address,
      primaryContact,
      companyApproverAddress: address,
      companyApproverEmail: admin,
    },
    billing: {
      companyName,
      address,
      primaryContact,
      purchaseOrderNumber: "",
      taxId: "91310000SAMPLE0001",
    },
    organization: { companyName, email: admin, language: "zh", culture: "zh-CN", address },
    support: {
      email: "support@contoso.example",
      telephone: "4008200100",
      website: "https://support.contoso.example",
    },
  };
}

/** A GUID (version 8) derived only from these texts. */
export function guid(...about: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(about)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
