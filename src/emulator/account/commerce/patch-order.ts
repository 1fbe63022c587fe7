import { customer } from "../customers.ts";
import { type ClientVersion, etag, expectCurrent } from "../etag.ts";
import { refuse } from "../refusal.ts";
import type { Customer, OrderRecord } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { offerOf } from "./catalogue.ts";
import {
  cycleOf,
  expectParent,
  expectSellable,
  type NewLine,
  type OrderLine,
} from "./order-rules.ts";
import { buy, keep, lineItemOf, type NewOrder, order, auditOrder } from "./orders.ts";
import { subscriptionAt } from "./subscriptions.ts";

/**
 * Buys add-ons for the order's subscriptions or, if there are none to buy, changes the billing
 * cycle of the order and its subscriptions. Refuses a cancellation (400/800063) and a stale etag
 * (400/2055).
 */
export function patchOrder(
  transaction: Transaction,
  at: { readonly customerId: string; readonly id: string },
  { body, seen }: { readonly body: NewOrder; readonly seen: ClientVersion },
): OrderRecord {
  const before = order(transaction, at.customerId, at.id);
  if (body.status?.toLowerCase() === "cancelled")
    refuse(400, 800063, "The order cannot be cancelled; suspend its subscriptions instead");
  expectCurrent(seen, etag(before.id, before.version));
  const added = (body.lineItems ?? []).filter(({ subscriptionId }) => subscriptionId === undefined);
  if (added.length > 0)
    return buyAddOns(transaction, { owner: customer(transaction, at.customerId), before }, added);
  const cycle = body.billingCycle?.toLowerCase();
  return cycle === undefined || cycle === before.billingCycle
    ? before
    : changeCycle(transaction, { owner: customer(transaction, at.customerId), before }, cycle);
}

interface Patched {
  readonly owner: Customer;
  readonly before: OrderRecord;
}

function buyAddOns(
  transaction: Transaction,
  { owner, before }: Patched,
  lines: readonly NewLine[],
): OrderRecord {
  const wanted: readonly OrderLine[] = lines.map((line) => ({
    line,
    offer: offerOf(line.offerId),
  }));
  for (const one of wanted) expectParent(transaction, owner, { wanted: one, orderId: before.id });
  cycleOf(wanted, before.billingCycle);
  expectSellable(transaction, owner, wanted);
  const bought = wanted.map((one) => buy(transaction, before, one));
  const added = wanted.map((one, index) =>
    lineItemOf(one, bought[index]?.id ?? "", before.lineItems.length + index),
  );
  const after = {
    ...before,
    lineItems: [...before.lineItems, ...added],
    version: before.version + 1,
  };
  keep(transaction, owner, { order: after, subscriptions: bought });
  auditOrder(transaction, owner, { operationType: "update_order", order: after });
  return after;
}

function changeCycle(
  transaction: Transaction,
  { owner, before }: Patched,
  billingCycle: string,
): OrderRecord {
  const held = before.lineItems
    .flatMap(({ subscriptionId }) => owner.subscriptions[subscriptionId] ?? [])
    .map((one) => subscriptionAt(one, transaction.now));
  if (held.some(({ status }) => status !== "active"))
    refuse(400, 6000, "The billing cycle of an inactive subscription cannot be changed");
  if (held.some(({ offerId }) => !offerOf(offerId).supportedBillingCycles.includes(billingCycle)))
    refuse(400, 6001, `The offer does not support the billing cycle ${billingCycle}`);
  const after = { ...before, billingCycle, version: before.version + 1 };
  keep(transaction, owner, {
    order: after,
    subscriptions: held.map((one) => ({ ...one, billingCycle, version: one.version + 1 })),
  });
  auditOrder(transaction, owner, { operationType: "update_order", order: after });
  return after;
}
