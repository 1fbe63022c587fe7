import { cultureOf, expectAddress, expectLanguage } from "./country.ts";
import { expectCurrent, numericEtag, type ClientVersion } from "./etag.ts";
import { refuse } from "./refusal.ts";
import type { PostalAddress, Customer, CustomerBilling } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/** The fields of a customer's billing profile that a client can set. */
export type BillingFields = Omit<CustomerBilling, "id" | "version">;

/** A new customer as sent by the client. */
export interface NewCustomer {
  readonly companyProfile: {
    readonly domain: string;
    readonly companyName?: string;
    readonly organizationRegistrationNumber?: string;
  };
  readonly billingProfile: BillingFields;
  readonly associatedPartnerId?: string;
  readonly userCredentials?: unknown;
  readonly organizationRegistrationNumber?: string;
}

/** A customer. `password` is its administrator's, present only if this request created it. */
export interface Created {
  readonly customer: Customer;
  readonly password?: string;
}

const domainName = /^[a-z0-9-]{1,27}\.partner\.onmschina\.cn$/i;
const sandboxCustomers = 75;

/** Returns the customer. Refuses with 404/60003 if there is none. */
export function customer(transaction: Transaction, id: string): Customer {
  return (
    transaction.get("customers", id.toLowerCase()) ?? refuse(404, 60003, `Tenant ${id} not found`)
  );
}

/**
 * Creates a customer. A repeated request id returns the same customer without its password. Refuses
 * a domain that is taken (409/800002), invalid input (400/800002), an invalid address (400/2007),
 * and more than 75 customers in the sandbox (400/800018).
 */
export function createCustomer(
  transaction: Transaction,
  body: NewCustomer,
  requestId: string | undefined,
): Created {
  const earlier =
    requestId === undefined ? undefined : transaction.get("requests", requestId.toLowerCase());
  if (earlier !== undefined) return { customer: customer(transaction, earlier.customerId) };
  expectCreatable(transaction, body);
  const { domain, companyName = body.billingProfile.companyName } = body.companyProfile;
  const id = transaction.newId();
  const billing = { id: transaction.newId(), ...billingFields(body.billingProfile), version: 1 };
  const created: Customer = {
    id,
    commerceId: transaction.newId(),
    domain,
    companyName,
    createdAt: new Date(transaction.now).toISOString(),
    relationshipToPartner: "reseller",
    allowDelegatedAccess: true,
    billing,
    orders: {},
    subscriptions: {},
    carts: {},
    ...(body.associatedPartnerId !== undefined && {
      associatedPartnerId: body.associatedPartnerId,
    }),
  };
  transaction.put("customers", id, created);
  transaction.put("names", domain.toLowerCase(), { id });
  if (requestId !== undefined)
    transaction.put("requests", requestId.toLowerCase(), { customerId: id });
  transaction.audit(created, {
    operationType: "add_customer",
    resourceType: "customer",
    newValue: { Id: id, Domain: domain },
  });
  return { customer: created, password: `Aa1!${transaction.secret(id).slice(0, 16)}` };
}

/**
 * Replaces a customer's billing profile. Refuses a request without an etag (417/800036) or with a
 * stale one (400/2055).
 */
export function replaceBilling(
  transaction: Transaction,
  id: string,
  put: { readonly body: BillingFields; readonly seen: ClientVersion },
): Customer {
  const before = customer(transaction, id);
  if (put.seen.header === undefined && put.seen.body === undefined)
    refuse(417, 800036, "Pre-condition failed: If-Match is required");
  expectCurrent(put.seen, numericEtag(before.billing.id, before.billing.version));
  expectAddress(put.body.defaultAddress);
  expectLanguage(put.body.language);
  const billing = {
    id: before.billing.id,
    ...billingFields(put.body),
    version: before.billing.version + 1,
  };
  const after = { ...before, billing };
  transaction.put("customers", after.id, after);
  transaction.audit(after, {
    operationType: "update_customer_billing_profile",
    resourceType: "customer",
  });
  return after;
}

/** Deletes a customer in the integration sandbox. Refuses with 403/2032 in production. */
export function deleteCustomer(transaction: Transaction, id: string): void {
  const before = customer(transaction, id);
  if (!transaction.sandbox)
    refuse(403, 2032, "Access denied: customers can be deleted in the integration sandbox only");
  transaction.remove("customers", before.id);
  transaction.remove("names", before.domain.toLowerCase());
  transaction.audit(before, {
    operationType: "delete_tip_customer",
    resourceType: "customer",
  });
}

/** The fields by which lists can be filtered (in lower case), and how to read them. */
export const filterable: Readonly<Record<string, (customer: Customer) => string>> = {
  companyname: ({ companyName }) => companyName,
  domain: ({ domain }) => domain,
};

function expectCreatable(
  transaction: Transaction,
  { companyProfile, billingProfile, ...rest }: NewCustomer,
): void {
  if (rest.userCredentials !== undefined)
    refuse(400, 800002, "Invalid input: a password cannot be given");
  if (!domainName.test(companyProfile.domain))
    refuse(400, 800002, `Invalid input: ${companyProfile.domain} is not a valid domain`);
  if (transaction.get("names", companyProfile.domain.toLowerCase()) !== undefined)
    refuse(409, 800002, `Domain ${companyProfile.domain} is already taken`);
  expectAddress(billingProfile.defaultAddress);
  expectLanguage(billingProfile.language);
  cultureOf(billingProfile.culture);
  if (transaction.sandbox && [...transaction.all("customers")].length >= sandboxCustomers)
    refuse(400, 800018, "Sandbox limit reached");
}

function billingFields(body: BillingFields): BillingFields {
  const { firstName, lastName, email, culture, language, companyName, defaultAddress } = body;
  const name = {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
  };
  return {
    ...name,
    email,
    culture: cultureOf(culture),
    language,
    companyName,
    defaultAddress: address(defaultAddress),
  };
}

function address(given: PostalAddress): PostalAddress {
  const names = [
    "country",
    "region",
    "city",
    "state",
    "addressLine1",
    "addressLine2",
    "postalCode",
    "firstName",
    "middleName",
    "lastName",
    "phoneNumber",
  ] as const;
  const kept = Object.fromEntries(
    names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  return { ...kept, country: given.country };
}
