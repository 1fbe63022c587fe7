import type { Schema } from "../pipeline/route.ts";
import { count, object } from "../pipeline/schemas.ts";
import { link, list, self, shape, typedResource, word } from "./shape.ts";
import { orderStatus } from "./subscription.ts";

const line = {
  lineItemNumber: count,
  offerId: word,
  subscriptionId: word,
  friendlyName: word,
  quantity: count,
  partnerIdOnRecord: word,
};

const ordered = {
  id: word,
  referenceCustomerId: word,
  billingCycle: word,
  currencyCode: { const: "CNY" },
  creationDate: word,
};

const subscribed = { links: shape({ subscription: link }) };

/** An order. */
export const order = shape({
  ...ordered,
  currencySymbol: word,
  lineItems: list(shape({ ...line, ...subscribed }, "friendlyName", "partnerIdOnRecord")),
  status: orderStatus,
  ...self,
  ...typedResource("Order", true),
});

/** The result of a cart's checkout. */
export const checkout = shape({
  orders: list(
    shape({
      ...ordered,
      ...{
        alternateId: word,
        status: orderStatus,
        transactionType: word,
        ...typedResource("Order"),
      },
      lineItems: list(
        shape({ ...line, transactionType: word }, "friendlyName", "partnerIdOnRecord"),
      ),
    }),
  ),
  orderErrors: list(
    object({ orderGroupId: word, description: word }, "orderGroupId", "code", "description"),
  ),
  ...typedResource("CartCheckoutResult"),
});

/** A cart. */
export const cart = shape(
  {
    ...{
      id: word,
      creationTimestamp: word,
      lastModifiedTimestamp: word,
      expirationTimestamp: word,
      lastModifiedUser: word,
    },
    status: { enum: ["Active", "Ordered"] },
    lineItems: list(
      object(
        { id: count, catalogItemId: word, quantity: count, billingCycle: word, orderGroup: word },
        "id",
        "orderGroup",
      ),
    ),
    ...self,
    ...typedResource("Cart"),
  },
  "lastModifiedUser",
);

const provisioning: Schema = { enum: ["fulfilled", "unfulfilled", "prefulfillmentPending"] };
/** The provisioning status of an order's line. */
export const provisioningStatus = shape({
  ...{ orderLineItemId: count, lineItemNumber: count, status: provisioning },
  quantityProvisioningInformation: list(shape({ quantity: count, status: provisioning })),
});
