import type { Created } from "../../account/customers.ts";
import { numericEtag } from "../../account/etag.ts";
import type { Customer } from "../../account/state.ts";
import type { Exchange, Schema } from "../pipeline/route.ts";
import { address, attributes, object, text } from "../pipeline/schemas.ts";
import { link } from "./links.ts";

/** The body of a PUT of a billing profile. */
export const billingSchema: Schema = object(
  {
    id: text(),
    firstName: text(1, 50),
    lastName: text(1, 50),
    email: text(1),
    culture: text(1),
    language: text(1),
    companyName: text(1),
    defaultAddress: address,
    attributes,
  },
  "email",
  "culture",
  "language",
  "companyName",
  "defaultAddress",
);

/** The body of a POST of a customer. */
export const newCustomerSchema: Schema = object(
  {
    companyProfile: object(
      {
        tenantId: text(),
        domain: text(1, 60),
        companyName: text(1),
        organizationRegistrationNumber: text(),
        attributes,
      },
      "domain",
    ),
    billingProfile: billingSchema,
    associatedPartnerId: text(),
    organizationRegistrationNumber: text(),
    relationshipToPartner: text(),
    attributes,
  },
  "companyProfile",
  "billingProfile",
);

/** A customer that was just created, with its credentials if they have not been shown before. */
export function createdBody({ customer, password }: Created): object {
  const { id, commerceId, domain, companyName } = customer;
  return {
    id,
    commerceId,
    companyProfile: {
      tenantId: id,
      domain,
      companyName,
      attributes: { objectType: "CustomerCompanyProfile" },
    },
    billingProfile: billingFields(customer),
    relationshipToPartner: "none",
    ...(password !== undefined && { userCredentials: { userName: "admin", password } }),
    attributes: { objectType: "Customer" },
  };
}

/** A customer in a list. */
export function listedBody(
  exchange: Exchange,
  { id, domain, companyName, relationshipToPartner }: Customer,
): object {
  const companyProfile = {
    tenantId: id,
    domain,
    companyName,
    links: { self: link(exchange, `/customers/${id}/profiles/company`) },
    attributes: { objectType: "CustomerCompanyProfile" },
  };
  return {
    id,
    companyProfile,
    relationshipToPartner,
    links: { self: link(exchange, `/customers/${id}`) },
    attributes: { objectType: "Customer" },
  };
}

/** A customer read by its id. */
export function wholeBody(exchange: Exchange, customer: Customer): object {
  const { commerceId, allowDelegatedAccess, domain, associatedPartnerId } = customer;
  return {
    ...listedBody(exchange, customer),
    commerceId,
    billingProfile: billingBody(exchange, customer),
    allowDelegatedAccess,
    customDomains: [domain],
    ...(associatedPartnerId !== undefined && { associatedPartnerId }),
  };
}

function billingFields({ billing: { version, ...fields } }: Customer): object {
  return {
    ...fields,
    attributes: { etag: numericEtag(fields.id, version), objectType: "CustomerBillingProfile" },
  };
}

/** A customer's billing profile. */
export function billingBody(exchange: Exchange, customer: Customer): object {
  return {
    ...billingFields(customer),
    links: { self: link(exchange, `/customers/${customer.id}/profiles/billing`) },
  };
}

/** A customer's company profile. */
export function companyBody(
  exchange: Exchange,
  { id, domain, companyName, billing }: Customer,
): object {
  const { country, state, city, addressLine1, postalCode, phoneNumber } = billing.defaultAddress;
  return {
    tenantId: id,
    domain,
    companyName,
    address: { country, region: state, city, addressLine1, postalCode, phoneNumber },
    email: billing.email,
    links: { self: link(exchange, `/customers/${id}/profiles/company`) },
    attributes: { objectType: "CustomerCompanyProfile" },
  };
}
