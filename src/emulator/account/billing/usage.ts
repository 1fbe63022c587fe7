import { billingDayFrom, type Day, dayOf, startOf } from "./day.ts";
import type { UsageState } from "./records.ts";
import type { EmulatedAccount, Subscription } from "../state.ts";
import { subscriptionAt } from "../commerce/subscriptions.ts";
import type { Transaction } from "../transaction.ts";

/** Notes what a transaction changed of subscriptions, as far as it matters for invoices. */
export function recordUsage(transaction: Transaction, before: EmulatedAccount): void {
  for (const { in: collection, id } of transaction.writes) {
    const owner = collection === "customers" ? transaction.get("customers", id) : undefined;
    const known = before.customers.get(id)?.subscriptions ?? {};
    for (const subscription of Object.values(owner?.subscriptions ?? {}))
      if (known[subscription.id] !== subscription) note(transaction, id, subscription);
  }
}

function note(transaction: Transaction, customerId: string, subscription: Subscription): void {
  const { id } = subscription;
  const { now } = transaction;
  const takesEffect = subscription.accepted ? Date.parse(subscription.accepted.at) : now;
  const state = stateOf(subscriptionAt(subscription, takesEffect), dayOf(takesEffect));
  const usage = transaction.get("usage", id);
  if (usage === undefined) {
    // A subscription of a restored account is billed from its first change on.
    const firstBilling = billingDayFrom(dayOf(now) + 1);
    transaction.put("usage", id, {
      ...{ customerId, subscriptionId: id, firstBilling, state, changes: [] },
    });
    scheduleBilling(transaction, firstBilling);
    return;
  }
  const last = usage.changes.at(-1) ?? usage.state;
  if (isSame(last, state)) return;
  transaction.put("usage", id, { ...usage, changes: [...usage.changes, state] });
}

/** Makes sure that there is a day for the next invoice. */
function scheduleBilling(transaction: Transaction, firstBilling: Day): void {
  if (transaction.get("counters", "billing") === undefined)
    transaction.put("counters", "billing", { value: startOf(firstBilling) });
}

function stateOf({ offerId, quantity, status, billingCycle }: Subscription, from: Day): UsageState {
  return {
    from,
    offerId,
    quantity,
    active: status === "active" || status === "pending",
    billingCycle,
  };
}

function isSame(one: UsageState, other: UsageState): boolean {
  return (
    one.offerId === other.offerId &&
    one.quantity === other.quantity &&
    one.active === other.active &&
    one.billingCycle === other.billingCycle
  );
}
