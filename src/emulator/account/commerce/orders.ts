import { lookUp } from "../lookup.ts";
import { customer } from "../customers.ts";
import { refuse } from "../refusal.ts";
import type { Customer, LineItem, OrderRecord, Subscription } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import type { Offer } from "./catalogue.ts";
import { cycleOf, expectSellable, type NewLine, newLines, type OrderLine } from "./order-rules.ts";
import { term } from "./term.ts";

/** An order as sent by the client. */
export interface NewOrder {
  readonly billingCycle?: string;
  readonly lineItems?: readonly NewLine[];
  readonly status?: string;
}

/** A customer's orders, oldest first. */
export function orders({ orders }: Customer): readonly OrderRecord[] {
  return Object.values(orders);
}

/** Returns the order. Refuses with 404/20000 if the customer has no such order. */
export function order(transaction: Transaction, customerId: string, id: string): OrderRecord {
  return (
    lookUp(customer(transaction, customerId).orders, id.toLowerCase()) ??
    refuse(404, 20000, `Order with id ${id} not found.`)
  );
}

/**
 * Creates an order; each line becomes a subscription. Not idempotent: a repeated request creates a
 * second order.
 */
export function createOrder(
  transaction: Transaction,
  customerId: string,
  body: NewOrder,
): OrderRecord {
  const owner = customer(transaction, customerId);
  const wanted = newLines(body.lineItems ?? []);
  const billingCycle = cycleOf(wanted, body.billingCycle);
  expectSellable(transaction, owner, wanted);
  const head = {
    id: transaction.newId(),
    billingCycle,
    createdAt: new Date(transaction.now).toISOString(),
  };
  const bought = wanted.map((one) => buy(transaction, head, one));
  const created: OrderRecord = {
    ...head,
    lineItems: wanted.map((one, index) =>
      lineItemOf(one, bought[index]?.id ?? "", one.line.lineItemNumber),
    ),
    version: 1,
  };
  keep(transaction, owner, { order: created, subscriptions: bought });
  auditOrder(transaction, owner, { operationType: "create_order", order: created });
  return created;
}

/** A new subscription. It starts on the next day and runs for the offer's term. Not saved yet. */
export function buy(
  transaction: Transaction,
  { id: orderId, billingCycle }: { readonly id: string; readonly billingCycle: string },
  { offer, line }: OrderLine,
): Subscription {
  const createdAt = new Date(transaction.now).toISOString();
  return {
    id: transaction.newId().toUpperCase(),
    offerId: offer.id.toUpperCase(),
    orderId,
    friendlyName: line.friendlyName ?? offer.name,
    quantity: line.quantity,
    ...provisioned(transaction),
    billingCycle,
    createdAt,
    changedAt: createdAt,
    ...term(offer, transaction.now),
    version: 1,
    ...(line.partnerIdOnRecord !== undefined && { partnerId: line.partnerIdOnRecord }),
    ...(line.parentSubscriptionId !== undefined && {
      parentSubscriptionId: line.parentSubscriptionId.toUpperCase(),
    }),
  };
}

/** Saves an order and its subscriptions with the customer. */
export function keep(
  transaction: Transaction,
  owner: Customer,
  {
    order,
    subscriptions,
  }: { readonly order: OrderRecord; readonly subscriptions: readonly Subscription[] },
): void {
  transaction.put("customers", owner.id, {
    ...owner,
    orders: { ...owner.orders, [order.id]: order },
    subscriptions: {
      ...owner.subscriptions,
      ...Object.fromEntries(subscriptions.map((one) => [one.id, one])),
    },
  });
}

function provisioned({
  now,
  provisioning,
}: Transaction): Pick<Subscription, "status" | "activeAt"> {
  return provisioning > 0
    ? { status: "pending", activeAt: new Date(now + provisioning).toISOString() }
    : { status: "active" };
}

/** The order's line for an offer and the subscription that it bought. */
export function lineItemOf(
  { line, offer }: { readonly line: NewLine; readonly offer: Offer },
  subscriptionId: string,
  lineItemNumber: number,
): LineItem {
  return {
    lineItemNumber,
    offerId: offer.id.toUpperCase(),
    subscriptionId,
    quantity: line.quantity,
    friendlyName: line.friendlyName ?? offer.name,
    ...(line.partnerIdOnRecord !== undefined && { partnerIdOnRecord: line.partnerIdOnRecord }),
    ...(line.parentSubscriptionId !== undefined && {
      parentSubscriptionId: line.parentSubscriptionId.toUpperCase(),
    }),
  };
}

/** Adds an audit record of a new or changed order. */
export function auditOrder(
  transaction: Transaction,
  owner: Customer,
  { operationType, order }: { readonly operationType: string; readonly order: OrderRecord },
): void {
  const lines = order.lineItems.flatMap(
    ({ offerId, subscriptionId, friendlyName = "", quantity, partnerIdOnRecord = null }, index) => [
      { key: `OfferId-${index}`, value: offerId },
      { key: `SubscriptionId-${index}`, value: subscriptionId },
      { key: `SubscriptionName-${index}`, value: friendlyName },
      { key: `Quantity-${index}`, value: String(quantity) },
      { key: `PartnerOnRecord-${index}`, value: partnerIdOnRecord },
    ],
  );
  transaction.audit(owner, {
    operationType,
    resourceType: "order",
    newValue: { Id: order.id, ReferenceCustomerId: owner.id, BillingCycle: order.billingCycle },
    customizedData: [
      { key: "OrderId", value: order.id },
      { key: "BillingCycle", value: order.billingCycle },
      ...lines,
    ],
  });
}
