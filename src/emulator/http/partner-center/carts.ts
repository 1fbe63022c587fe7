import type { Cart } from "../../account/commerce/cart.ts";
import type { NewCartLine } from "../../account/commerce/cart-lines.ts";
import { cart, checkOut, createCart } from "../../account/commerce/carts.ts";
import { refuse } from "../../account/refusal.ts";
import type { OrderRecord } from "../../account/state.ts";
import { createdAnswer, type Exchange, ok, type Route, type Schema } from "../pipeline/route.ts";
import { attributes, count, object, text } from "../pipeline/schemas.ts";
import { guid, link } from "./links.ts";

const lines: Schema = {
  type: "array",
  items: object(
    {
      id: count,
      catalogItemId: text(1),
      friendlyName: text(0, 256),
      quantity: count,
      billingCycle: text(),
      termDuration: text(),
      currencyCode: text(),
      participants: {
        type: "array",
        items: object({ key: text(1), value: text(1) }, "key", "value"),
      },
      provisioningContext: object({ parentSubscriptionId: text() }),
    },
    "id",
    "catalogItemId",
    "quantity",
  ),
};

/** Create, read and check out carts. Updating a cart is not available at 21Vianet. */
export const cartRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/customers/:customer/carts",
    body: object({ lineItems: lines, attributes }, "lineItems"),
    handle: (exchange) => {
      const { lineItems: lines } = exchange.body as { readonly lineItems: readonly NewCartLine[] };
      const { cart: seconds, carts: quirks } = exchange.quirks;
      const made = { lines, seconds, quirks };
      const cart = exchange.write((transaction) =>
        createCart(transaction, exchange.parameter("customer"), made),
      );
      return createdAnswer(cartBody(exchange, cart));
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/carts/:cart",
    handle: (exchange) =>
      ok(
        cartBody(
          exchange,
          exchange.read((transaction) =>
            cart(transaction, exchange.parameter("customer"), exchange.parameter("cart")),
          ),
        ),
      ),
  },
  {
    method: "POST",
    path: "/v1/customers/:customer/carts/:cart/checkout",
    alone: true,
    handle: (exchange) => {
      const at = { customerId: exchange.parameter("customer"), id: exchange.parameter("cart") };
      const { orders, orderErrors } =
        exchange.write((transaction) => checkOut(transaction, at, exchange.quirks.carts)) ??
        refuse(409, 800064, "The cart is being processed");
      return createdAnswer({
        orders: orders.map((one) => orderedBody(exchange, one)),
        orderErrors,
        attributes: { objectType: "CartCheckoutResult" },
      });
    },
  },
];

function orderedBody(
  exchange: Exchange,
  { id, billingCycle, lineItems, createdAt }: OrderRecord,
): object {
  return {
    id,
    alternateId: id,
    referenceCustomerId: exchange.parameter("customer").toLowerCase(),
    billingCycle,
    currencyCode: "CNY",
    lineItems: lineItems.map(
      ({ lineItemNumber, offerId, subscriptionId, friendlyName, quantity }) => ({
        lineItemNumber,
        offerId,
        subscriptionId: guid(exchange, subscriptionId),
        transactionType: "New",
        friendlyName,
        quantity,
      }),
    ),
    creationDate: createdAt,
    status: "completed",
    transactionType: "UserPurchase",
    attributes: { objectType: "Order" },
  };
}

function cartBody(
  exchange: Exchange,
  { id, createdAt, expiresAt, modifiedBy, status, lineItems }: Cart,
): object {
  return {
    id,
    creationTimestamp: createdAt,
    lastModifiedTimestamp: createdAt,
    expirationTimestamp: expiresAt,
    ...(modifiedBy !== undefined && { lastModifiedUser: modifiedBy }),
    status,
    lineItems: lineItems.map((line) => ({ currencyCode: "CNY", ...line })),
    links: {
      self: link(
        exchange,
        `/customers/${exchange.parameter("customer").toLowerCase()}/carts/${id}`,
      ),
    },
    attributes: { objectType: "Cart" },
  };
}
