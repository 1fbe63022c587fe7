import { customer } from "../customers.ts";
import { etag } from "../etag.ts";
import { refuse } from "../refusal.ts";
import type { Customer, Subscription, SubscriptionChange } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { findOffer, type Offer } from "./catalogue.ts";
import { nextEnd } from "./term.ts";

const day = 24 * 60 * 60 * 1000;

/** Milliseconds between a subscription's suspension and its deletion. */
export const suspendedFor = 60 * day;

const sandboxSeats = 25;

/**
 * The subscription at `now`: due changes have taken effect, it is deleted 60 days after its
 * suspension, and after the last day of a term the next one has begun, or it has expired.
 */
export function subscriptionAt(subscription: Subscription, now: number): Subscription {
  const current = renewed(activated(effective(subscription, now), now), now);
  const gone =
    current.suspendedAt !== undefined && Date.parse(current.suspendedAt) + suspendedFor <= now;
  return {
    ...current,
    ...(gone &&
      current.status !== "deleted" && { status: "deleted" as const, version: current.version + 1 }),
  };
}

/** A customer's subscriptions at `now`, oldest first. */
export function subscriptionsOf({ subscriptions }: Customer, now: number): readonly Subscription[] {
  return Object.values(subscriptions).map((subscription) => subscriptionAt(subscription, now));
}

/**
 * Returns the subscription at the present time. Refuses with 404/20003 if the customer has no such
 * subscription.
 */
export function subscription(
  transaction: Transaction,
  customerId: string,
  id: string,
): Subscription {
  const found = customer(transaction, customerId).subscriptions[id.toUpperCase()];
  return found === undefined
    ? refuse(404, 20003, `Subscription with id ${id} not found.`)
    : subscriptionAt(found, transaction.now);
}

/** The etag of a subscription. */
export function subscriptionEtag({ id, version }: Subscription): string {
  return etag(id, version);
}

/** Saves subscriptions with their customer. */
export function putSubscriptions(
  transaction: Transaction,
  customerId: string,
  changed: readonly Subscription[],
): void {
  const owner = customer(transaction, customerId);
  const subscriptions = {
    ...owner.subscriptions,
    ...Object.fromEntries(changed.map((one) => [one.id, one])),
  };
  transaction.put("customers", owner.id, { ...owner, subscriptions });
}

/** Refuses a quantity that the offer (400/2002) or the sandbox (403/800067) does not allow. */
export function expectQuantity(transaction: Transaction, offer: Offer, quantity: number): void {
  if (quantity < offer.minimumQuantity || quantity > offer.maximumQuantity) {
    refuse(400, 2002, "Subscription quantity is not within minimum and maximum allowed quantity");
  }
  if (transaction.sandbox && quantity > sandboxSeats)
    refuse(403, 800067, `Maximum of ${sandboxSeats} seats per subscription exceeded`);
}

/** The subscription with its accepted change, once the change has taken effect. */
export function effective(subscription: Subscription, now: number): Subscription {
  const { accepted, ...rest } = subscription;
  return accepted !== undefined && Date.parse(accepted.at) <= now
    ? applyChange(rest, accepted.change, accepted.at)
    : subscription;
}

function activated(subscription: Subscription, now: number): Subscription {
  const { activeAt, ...rest } = subscription;
  return activeAt !== undefined && Date.parse(activeAt) <= now
    ? { ...rest, status: "active", version: rest.version + 1 }
    : subscription;
}

/** The subscription after a change at that time. */
export function applyChange(
  before: Subscription,
  change: SubscriptionChange,
  at: string,
): Subscription {
  const { suspendedAt, ...rest } = before;
  const suspended =
    change.status === undefined ? suspendedAt : change.status === "suspended" ? at : undefined;
  return {
    ...rest,
    ...change,
    changedAt: at,
    version: before.version + 1,
    ...(suspended !== undefined && { suspendedAt: suspended }),
  };
}

/**
 * A term ends with the whole of its last day. A subscription that is not renewed expires then. One
 * that is suspended is renewed all the same: no document says that it is not.
 */
function renewed(current: Subscription, now: number): Subscription {
  const over = (end: string) => Date.parse(end) + day <= now;
  if (!over(current.commitmentEndDate)) return current;
  if (current.autoRenew === false)
    return current.status === "active"
      ? { ...current, status: "expired", version: current.version + 1 }
      : current;
  const offer = findOffer(current.offerId);
  let end = current.commitmentEndDate;
  while (over(end)) end = nextEnd(end, offer);
  return { ...current, commitmentEndDate: end };
}
