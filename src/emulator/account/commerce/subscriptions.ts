import { type Offer, offerOf } from "./catalogue.ts";
import { customer } from "../customers.ts";
import { etag, expectCurrent, type ClientVersion } from "../etag.ts";
import { expectPartnerOfRecord } from "../profiles.ts";
import { refuse } from "../refusal.ts";
import type { Customer, Subscription, SubscriptionChange } from "../state.ts";
import type { Transaction } from "../transaction.ts";

const day = 24 * 60 * 60 * 1000;
/** Milliseconds between a subscription's suspension and its deletion. */
export const suspendedFor = 60 * day;
const sandboxSeats = 25;

/** A subscription as sent by the client, in full or in part. Fields not listed here are ignored. */
export interface SubscriptionBody extends Omit<SubscriptionChange, "status"> {
  readonly status?: string;
  readonly billingCycle?: string;
  readonly autoRenewEnabled?: boolean;
  readonly attributes?: { readonly etag?: string };
}

/**
 * A PATCH: its body, the etag that the client sent, and the milliseconds after which it takes
 * effect.
 */
export interface SubscriptionPatch {
  readonly body: SubscriptionBody;
  readonly seen: ClientVersion;
  readonly delay: number;
}

/**
 * The subscription at `now`: due changes have taken effect, it is deleted 60 days after its
 * suspension, and an end date in the past is moved on by whole years.
 */
export function subscriptionAt(subscription: Subscription, now: number): Subscription {
  const current = activated(effective(subscription, now), now);
  const gone =
    current.suspendedAt !== undefined && Date.parse(current.suspendedAt) + suspendedFor <= now;
  const commitmentEndDate = renewed(current.commitmentEndDate, now);
  return {
    ...current,
    commitmentEndDate,
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

/**
 * Changes the fields that differ in the body. Returns the subscription at the present time; a
 * delayed change is in its `accepted`.
 *
 * Suspending a base subscription does not suspend its add-ons: the documents say only that an
 * add-on cannot be enabled before its base, and tell clients to suspend add-ons first.
 */
export function patchSubscription(
  transaction: Transaction,
  at: { readonly customerId: string; readonly id: string },
  patch: SubscriptionPatch,
): Subscription {
  const before = subscription(transaction, at.customerId, at.id);
  expectCurrent(patch.seen, subscriptionEtag(before));
  const change = changeOf(before, patch.body);
  expectAllowed(transaction, before, change, customer(transaction, at.customerId));
  if (Object.keys(change).length === 0) return before;
  const effective = new Date(transaction.now + patch.delay).toISOString();
  const settled = settledForm(before);
  const after =
    patch.delay > 0
      ? { ...settled, accepted: { at: effective, change } }
      : changed(settled, change, effective);
  putSubscriptions(transaction, at.customerId, [after]);
  transaction.audit(customer(transaction, at.customerId), {
    operationType: "update_subscription",
    resourceType: "subscription",
    newValue: { Id: after.id, ...change },
  });
  return subscriptionAt(after, transaction.now);
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

function effective(subscription: Subscription, now: number): Subscription {
  const { accepted, ...rest } = subscription;
  return accepted !== undefined && Date.parse(accepted.at) <= now
    ? changed(rest, accepted.change, accepted.at)
    : subscription;
}

function activated(subscription: Subscription, now: number): Subscription {
  const { activeAt, ...rest } = subscription;
  return activeAt !== undefined && Date.parse(activeAt) <= now
    ? { ...rest, status: "active", version: rest.version + 1 }
    : subscription;
}

function settledForm(current: Subscription): Subscription {
  const { accepted: _, ...rest } = current;
  return rest;
}

function changed(before: Subscription, change: SubscriptionChange, at: string): Subscription {
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

function changeOf(before: Subscription, body: SubscriptionBody): SubscriptionChange {
  if (body.billingCycle !== undefined && body.billingCycle.toLowerCase() !== before.billingCycle) {
    refuse(
      400,
      2054,
      "Use the update-order operation to change the billing cycle (sample wording)",
    );
  }
  const status = body.status?.toLowerCase();
  if (
    status !== undefined &&
    status !== before.status &&
    status !== "active" &&
    status !== "suspended"
  ) {
    refuse(400, 800002, `Invalid input: status cannot be set to ${body.status}`);
  }
  return {
    ...(body.friendlyName !== undefined &&
      body.friendlyName !== before.friendlyName && { friendlyName: body.friendlyName }),
    ...(body.quantity !== undefined &&
      body.quantity !== before.quantity && { quantity: body.quantity }),
    ...((status === "active" || status === "suspended") && status !== before.status && { status }),
    ...(body.partnerId !== undefined &&
      body.partnerId !== before.partnerId && { partnerId: body.partnerId }),
    // The value of autoRenewEnabled has no effect, but a body without it turns renewal off.
    ...(body.autoRenewEnabled === undefined &&
      before.autoRenew !== false && { autoRenew: false as const }),
  };
}

function expectAllowed(
  transaction: Transaction,
  before: Subscription,
  change: SubscriptionChange,
  owner: Customer,
): void {
  if (before.status === "deleted")
    refuse(400, 2011, "Subscription in deleted status cannot be updated");
  if (before.status === "pending")
    refuse(409, 800082, "Subscription is not ready to be updated. Try again after sometime");
  if (change.quantity !== undefined) {
    if (before.status === "suspended")
      refuse(400, 2001, "Subscription quantity cannot be changed while suspended (sample wording)");
    expectQuantity(transaction, offerOf(before.offerId), change.quantity);
    if (change.quantity < (before.assigned ?? 0))
      refuse(400, 800090, "The quantity cannot be decreased below the licenses that are assigned");
  }
  if (change.partnerId !== undefined) expectPartnerOfRecord(change.partnerId);
  const parent =
    change.status === "active" && before.parentSubscriptionId !== undefined
      ? owner.subscriptions[before.parentSubscriptionId]
      : undefined;
  if (parent !== undefined && subscriptionAt(parent, transaction.now).status !== "active")
    refuse(409, 27009, "A child subscription cannot be enabled while its parent is not active");
}

function renewed(end: string, now: number): string {
  if (Date.parse(end) > now) return end;
  const date = new Date(end);
  while (date.getTime() <= now) date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString();
}
