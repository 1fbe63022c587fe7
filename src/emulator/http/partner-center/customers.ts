import {
  type BillingFields,
  createCustomer,
  customer,
  deleteCustomer,
  type NewCustomer,
  replaceBilling,
} from "../../account/customers.ts";
import { tenant } from "../../account/seed.ts";
import type { Customer } from "../../account/state.ts";
import {
  clientVersion,
  createdAnswer,
  empty,
  type Exchange,
  ok,
  type Route,
} from "../pipeline/route.ts";
import {
  billingBody,
  billingSchema,
  companyBody,
  createdBody,
  listedBody,
  newCustomerSchema,
  wholeBody,
} from "./customer-bodies.ts";
import { filterOf } from "./customer-filter.ts";
import { page } from "./paging.ts";

/** Customers and their profiles. */
export const customerRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/customers", handle: list },
  {
    method: "POST",
    path: "/v1/customers",
    body: newCustomerSchema,
    handle: (exchange) => {
      const requestId = exchange.headers["ms-requestid"];
      const id = typeof requestId === "string" ? requestId : undefined;
      return createdAnswer(
        createdBody(
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
    handle: (exchange) => ok(wholeBody(exchange, find(exchange))),
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
    handle: (exchange) => ok(billingBody(exchange, find(exchange))),
  },
  {
    method: "PUT",
    path: "/v1/customers/:customer/profiles/billing",
    body: billingSchema,
    handle: (exchange) => {
      const put = { body: exchange.body as BillingFields, seen: clientVersion(exchange) };
      return ok(
        billingBody(
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
    handle: (exchange) => ok(companyBody(exchange, find(exchange))),
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
      show: (one) => listedBody(exchange, one),
    }),
  );
}
