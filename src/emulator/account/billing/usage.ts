import { billingDayFrom, dayOf, type Day, startOf } from "./day.ts";
import type { SeatPrice } from "./price.ts";
import type { Subscription } from "../state.ts";
import type { EmulatedAccount } from "../state.ts";
import { subscriptionAt } from "../commerce/subscriptions.ts";
import type { Transaction } from "../transaction.ts";

/** What a subscription was from a day on. */
export interface UsageState {
  readonly from: Day;
  readonly offerId: string;
  readonly quantity: number;
  readonly active: boolean;
  readonly billingCycle: string;
}

/** A period that is billed in advance. `quantity`: the seats that were. `price`: of a seat. */
export interface BillingPeriod {
  readonly from: Day;
  readonly to: Day;
  readonly quantity: number;
  /** Cents for the whole period. */
  readonly price: number;
}

/** What billing knows of a subscription. */
export interface Usage {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The first day that is not free. */
  readonly firstBilling: Day;
  /** The state when the last invoice was made; in the beginning, as ordered. */
  readonly state: UsageState;
  /** What changed since, in order. */
  readonly changes: readonly UsageState[];
  readonly period?: BillingPeriod;
  /** The term's price. Missing before the first term, and for offers without a price. */
  readonly termPrice?: SeatPrice;
}

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
