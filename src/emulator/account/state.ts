import type { BilledInvoice, EmulatedPriceList, Usage } from "./billing/records.ts";
import type { DirectoryActivity } from "./directory-activity.ts";
import type { Cart } from "./commerce/cart.ts";

/** A postal address as the service stores it. All fields are text. */
export interface PostalAddress {
  readonly country: string;
  readonly region?: string;
  readonly city?: string;
  readonly state?: string;
  readonly addressLine1?: string;
  readonly addressLine2?: string;
  readonly postalCode?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  readonly phoneNumber?: string;
}

/** One of the partner's profiles: its fields, and a version that increases with each change. */
export interface Profile {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly version: number;
  /** The end of its vetting, and the last vetted fields. */
  readonly vetting?: { readonly until: string; readonly finalized: Profile["fields"] };
}

/** A user in the partner's directory. */
export interface User {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  /** SHA-256 of the initial password. It is never part of a response. */
  readonly passwordHash?: string;
  readonly deletedAt?: string;
}

/** A group or an activated directory role, with its members' user ids. */
export interface GroupOrRole {
  readonly id: string;
  readonly displayName: string;
  readonly members: readonly string[];
  readonly description?: string;
  readonly roleTemplateId?: string;
}

/** A line of an order. */
export interface LineItem {
  readonly lineItemNumber: number;
  readonly offerId: string;
  readonly subscriptionId: string;
  readonly quantity: number;
  readonly friendlyName?: string;
  readonly partnerIdOnRecord?: string;
  readonly parentSubscriptionId?: string;
}

/** An order. The order list may omit it for some time after `createdAt`. */
export interface OrderRecord {
  readonly id: string;
  readonly billingCycle: string;
  readonly lineItems: readonly LineItem[];
  readonly createdAt: string;
  readonly version: number;
}

/** The fields of a subscription that a PATCH can change. */
export interface SubscriptionChange {
  readonly friendlyName?: string;
  readonly quantity?: number;
  readonly status?: "active" | "suspended";
  readonly partnerId?: string;
  readonly autoRenew?: boolean;
}

/** A subscription as last written. `subscriptionAt` returns its state at a given time. */
export interface Subscription {
  readonly id: string;
  readonly offerId: string;
  readonly orderId: string;
  readonly parentSubscriptionId?: string;
  readonly friendlyName: string;
  readonly quantity: number;
  readonly status: "pending" | "active" | "suspended" | "expired" | "deleted";
  readonly billingCycle: string;
  readonly partnerId?: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly effectiveStartDate: string;
  readonly commitmentEndDate: string;
  /** Omitted if the subscription is renewed, as all new ones are. */
  readonly autoRenew?: boolean;
  /** When a pending subscription becomes active. */
  readonly activeAt?: string;
  readonly suspendedAt?: string;
  readonly version: number;
  /** Licences assigned to users. The quantity cannot go below this. */
  readonly assigned?: number;
  /** A change that was accepted with 202 and takes effect at `at`. */
  readonly accepted?: { readonly at: string; readonly change: SubscriptionChange };
}

/** A customer's billing profile. */
export interface CustomerBilling {
  readonly id: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email: string;
  readonly culture: string;
  readonly language: string;
  readonly companyName: string;
  readonly defaultAddress: PostalAddress;
  readonly version: number;
}

/** A customer with its orders, subscriptions and carts. */
export interface Customer {
  readonly id: string;
  readonly commerceId: string;
  readonly domain: string;
  readonly companyName: string;
  readonly createdAt: string;
  readonly relationshipToPartner: string;
  readonly allowDelegatedAccess: boolean;
  readonly associatedPartnerId?: string;
  readonly billing: CustomerBilling;
  readonly orders: Readonly<Record<string, OrderRecord>>;
  readonly subscriptions: Readonly<Record<string, Subscription>>;
  readonly carts: Readonly<Record<string, Cart>>;
}

/** Who did what to which resource, and when. */
export interface AuditRecord {
  readonly id: string;
  readonly at: string;
  readonly operationType: string;
  readonly resourceType: string;
  readonly customerId?: string;
  readonly customerName?: string;
  readonly userPrincipalName?: string;
  readonly applicationId?: string;
  readonly correlationId?: string;
  readonly newValue?: Readonly<Record<string, unknown>>;
  readonly customizedData?: readonly { readonly key: string; readonly value: string | null }[];
}

/** The collections of the account. Each maps ids to these values. */
export interface Collections {
  readonly profiles: Profile;
  readonly users: User;
  readonly groups: GroupOrRole;
  readonly roles: GroupOrRole;
  readonly customers: Customer;
  /** Domains and user principal names in lower case, with the id of their owner. */
  readonly names: { readonly id: string };
  /** MS-RequestId values (in lower case) that created a customer. */
  readonly requests: { readonly customerId: string };
  readonly refreshTokens: { readonly userId: string; readonly revoked?: boolean };
  readonly audit: AuditRecord;
  readonly directoryAudit: DirectoryActivity;
  readonly webhooks: Readonly<Record<string, unknown>>;
  readonly counters: { readonly value: number };
  readonly invoices: BilledInvoice;
  /** By subscription. */
  readonly usage: Usage;
  /** Price lists beside the sample list, by the date from which they are in force. */
  readonly prices: EmulatedPriceList;
}

/** The name of a collection. */
export type Collection = keyof Collections;

/** The whole account, in memory. */
export type EmulatedAccount = { readonly [K in Collection]: Map<string, Collections[K]> };

/** The collections, in the order of a dump. */
export const collections: readonly Collection[] = [
  "profiles",
  "users",
  "groups",
  "roles",
  "customers",
  "names",
  "requests",
  "refreshTokens",
  "audit",
  "directoryAudit",
  "webhooks",
  "counters",
  "invoices",
  "usage",
  "prices",
];

/** Creates an account without any data. */
export function emptyAccount(): EmulatedAccount {
  return Object.fromEntries(collections.map((name) => [name, new Map()])) as EmulatedAccount;
}
