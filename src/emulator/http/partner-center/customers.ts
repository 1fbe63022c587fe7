import {
  type BillingFields,
  type Created,
  createCustomer,
  customer,
  deleteCustomer,
  type NewCustomer,
  replaceBilling,
} from "../../account/customers.ts";
import { numericEtag } from "../../account/etag.ts";
import { tenant } from "../../account/seed.ts";
import type { Customer } from "../../account/state.ts";
import { filterOf } from "./customer-filter.ts";
import { page } from "./paging.ts";
import {
  createdAnswer,
  type Exchange,
  empty,
  ok,
  type Route,
  type Schema,
  clientVersion,
} from "../pipeline/route.ts";
import { address, attributes, object, text } from "../pipeline/schemas.ts";
import { link } from "./links.ts";

const billing: Schema = object(
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
const newCustomer: Schema = object(
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
    billingProfile: billing,
    associatedPartnerId: text(),
    organizationRegistrationNumber: text(),
    relationshipToPartner: text(),
    attributes,
  },
  "companyProfile",
  "billingProfile",
);

/** Customers and their profiles. */
export const customerRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/customers", handle: list },
  {
    method: "POST",
    path: "/v1/customers",
    body: newCustomer,
    handle: (exchange) => {
      const requestId = exchange.headers["ms-requestid"];
      const id = typeof requestId === "string" ? requestId : undefined;
      return createdAnswer(
        justCreated(
          exchange.write((transaction) =>
            createCustomer(transaction, exchange.body as NewCustomer, id),
          ),
        ),
      );
    },
  },
  {
    method: "GET",
    path: "/v1/customers/relationshiprequests",
    userOnly: true,
    handle: () =>
      ok({
        url: `https://portal.partner.microsoftonline.cn/sample-partner-invitation?partnerId=${tenant.id}`,
        attributes: { objectType: "RelationshipRequest" },
      }),
  },
  {
    method: "GET",
    path: "/v1/customers/:customer",
    handle: (exchange) => ok(whole(exchange, find(exchange))),
  },
  {
    method: "DELETE",
    path: "/v1/customers/:customer",
    handle: (exchange) => {
      exchange.write((transaction) => deleteCustomer(transaction, exchange.parameter("customer")));
      return empty(204);
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/profiles/billing",
    handle: (exchange) => ok(billingProfile(exchange, find(exchange))),
  },
  {
    method: "PUT",
    path: "/v1/customers/:customer/profiles/billing",
    body: billing,
    handle: (exchange) => {
      const put = { body: exchange.body as BillingFields, seen: clientVersion(exchange) };
      return ok(
        billingProfile(
          exchange,
          exchange.write((transaction) =>
            replaceBilling(transaction, exchange.parameter("customer"), put),
          ),
        ),
      );
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/profiles/company",
    userOnly: true,
    handle: (exchange) => ok(company(exchange, find(exchange))),
  },
  {
    method: "HEAD",
    path: "/v1/domains/:domain",
    handle: (exchange) =>
      empty(
        exchange.read((transaction) =>
          transaction.get("names", exchange.parameter("domain").toLowerCase()),
        ) === undefined
          ? 404
          : 200,
      ),
  },
];

function find(exchange: Exchange): Customer {
  return exchange.read((transaction) => customer(transaction, exchange.parameter("customer")));
}

function list(exchange: Exchange) {
  const all = exchange.read((transaction) => [...transaction.all("customers")]);
  const wanted = filterOf(exchange.query.filter);
  const visible = all.filter((one) => exchange.listed("customers", one.createdAt) && wanted(one));
  return ok(
    page(exchange, {
      path: "/customers",
      items: visible,
      idOf: ({ id }) => id,
      show: (one) => listed(exchange, one),
    }),
  );
}

function justCreated({ customer, password }: Created): object {
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

function listed(
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

function whole(exchange: Exchange, customer: Customer): object {
  const { commerceId, allowDelegatedAccess, domain, associatedPartnerId } = customer;
  return {
    ...listed(exchange, customer),
    commerceId,
    billingProfile: billingProfile(exchange, customer),
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

function billingProfile(exchange: Exchange, customer: Customer): object {
  return {
    ...billingFields(customer),
    links: { self: link(exchange, `/customers/${customer.id}/profiles/billing`) },
  };
}

function company(exchange: Exchange, { id, domain, companyName, billing }: Customer): object {
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
