import { customer } from "../../account/customers.ts";
import { etag } from "../../account/etag.ts";
import { createOrder, type NewOrder, order, orders } from "../../account/commerce/orders.ts";
import { patchOrder } from "../../account/commerce/patch-order.ts";
import type { LineItem, OrderRecord } from "../../account/state.ts";
import { subscriptionAt } from "../../account/commerce/subscriptions.ts";
import {
  type Answer,
  createdAnswer,
  type Exchange,
  ok,
  type Route,
  type Schema,
  clientVersion,
} from "../pipeline/route.ts";
import { attributes, count, object, text } from "../pipeline/schemas.ts";
import { collection, guid, link } from "./links.ts";

const line: Schema = object(
  {
    lineItemNumber: count,
    offerId: text(1),
    quantity: count,
    friendlyName: text(0, 256),
    partnerIdOnRecord: text(),
    parentSubscriptionId: text(),
    subscriptionId: text(),
    termDuration: text(),
    attributes,
  },
  "lineItemNumber",
  "offerId",
  "quantity",
);
const lineItems: Schema = { type: "array", items: line };
const fields = {
  id: text(),
  referenceCustomerId: text(),
  billingCycle: text(),
  lineItems,
  creationDate: text(),
  status: text(),
  attributes,
};

/** A customer's orders. */
export const orderRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/customers/:customer/orders",
    alone: true,
    body: object(fields, "lineItems"),
    handle: (exchange) => {
      const placed = exchange.write((transaction) =>
        createOrder(transaction, exchange.parameter("customer"), exchange.body as NewOrder),
      );
      return createdAnswer(orderBody(exchange, { order: placed, status: "pending" }));
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/orders",
    handle: (exchange) => {
      const owner = exchange.read((transaction) =>
        customer(transaction, exchange.parameter("customer")),
      );
      const cycle = exchange.query.billingType?.toLowerCase();
      const wanted = orders(owner).filter(
        ({ billingCycle }) => cycle === undefined || billingCycle === cycle,
      );
      const visible = wanted.filter(({ createdAt }) => exchange.listed("orders", createdAt));
      const self = link(exchange, `/customers/${owner.id}/orders`);
      return ok(
        collection(
          visible.map((one) => orderBody(exchange, { order: one, status: "completed" })),
          { self },
        ),
      );
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/orders/:order",
    handle: (exchange) => {
      const found = exchange.read((transaction) =>
        order(transaction, exchange.parameter("customer"), exchange.parameter("order")),
      );
      return ok(orderBody(exchange, { order: found, status: "completed" }));
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/orders/:order/provisioningstatus",
    userOnly: true,
    handle: provisioning,
  },
  {
    method: "PATCH",
    path: "/v1/customers/:customer/orders/:order",
    alone: true,
    body: object(fields),
    handle: (exchange) => {
      const at = { customerId: exchange.parameter("customer"), id: exchange.parameter("order") };
      const patched = exchange.write((transaction) =>
        patchOrder(transaction, at, {
          body: exchange.body as NewOrder,
          seen: clientVersion(exchange),
        }),
      );
      return ok(orderBody(exchange, { order: patched, status: "completed" }));
    },
  },
];

/** The provisioning status of each line: fulfilled as soon as its subscription is not pending. */
function provisioning(exchange: Exchange): Answer {
  const customerId = exchange.parameter("customer");
  const { lineItems, subscriptions } = exchange.read((transaction) => ({
    lineItems: order(transaction, customerId, exchange.parameter("order")).lineItems,
    subscriptions: customer(transaction, customerId).subscriptions,
  }));
  const items = lineItems.map(({ lineItemNumber, subscriptionId, quantity }) => {
    const bought = subscriptions[subscriptionId];
    const pending =
      bought !== undefined && subscriptionAt(bought, exchange.now).status === "pending";
    const status = pending ? "unfulfilled" : "fulfilled";
    return {
      orderLineItemId: lineItemNumber,
      lineItemNumber,
      status,
      quantityProvisioningInformation: [{ quantity, status }],
    };
  });
  return ok(collection(items));
}

/** An order as Partner Center returns it. */
export function orderBody(
  exchange: Exchange,
  {
    order: { id, billingCycle, lineItems, createdAt, version },
    status,
  }: { readonly order: OrderRecord; readonly status: string },
): object {
  const customerId = exchange.parameter("customer").toLowerCase();
  return {
    id,
    referenceCustomerId: customerId,
    billingCycle,
    currencyCode: "CNY",
    currencySymbol: "¥",
    lineItems: lineItems.map((line) => lineBody(exchange, customerId, line)),
    creationDate: createdAt,
    status,
    links: { self: link(exchange, `/customers/${customerId}/orders/${id}`) },
    attributes: { etag: etag(id, version), objectType: "Order" },
  };
}

function lineBody(
  exchange: Exchange,
  customerId: string,
  { parentSubscriptionId: _, subscriptionId, offerId, ...line }: LineItem,
): object {
  const id = guid(exchange, subscriptionId);
  return {
    ...line,
    offerId: guid(exchange, offerId),
    subscriptionId: id,
    links: { subscription: link(exchange, `/customers/${customerId}/subscriptions/${id}`) },
  };
}
