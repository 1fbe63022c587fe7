import { customer } from "../customers.ts";
import { type ClientVersion, expectCurrent } from "../etag.ts";
import { expectPartnerOfRecord } from "../profiles.ts";
import { refuse } from "../refusal.ts";
import type { Customer, Subscription, SubscriptionChange } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { offerOf } from "./catalogue.ts";
import {
  applyChange,
  expectQuantity,
  putSubscriptions,
  subscription,
  subscriptionAt,
  subscriptionEtag,
} from "./subscriptions.ts";

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
      : applyChange(settled, change, effective);
  putSubscriptions(transaction, at.customerId, [after]);
  transaction.audit(customer(transaction, at.customerId), {
    operationType: "update_subscription",
    resourceType: "subscription",
    newValue: { Id: after.id, ...change },
  });
  return subscriptionAt(after, transaction.now);
}

function settledForm(current: Subscription): Subscription {
  const { accepted: _, ...rest } = current;
  return rest;
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
    // A false has no effect, but a body without autoRenewEnabled turns renewal off.
    ...(body.autoRenewEnabled === undefined && before.autoRenew !== false && { autoRenew: false }),
    ...(body.autoRenewEnabled === true && before.autoRenew === false && { autoRenew: true }),
  };
}

function expectAllowed(
  transaction: Transaction,
  before: Subscription,
  change: SubscriptionChange,
  owner: Customer,
): void {
  if (before.status === "deleted" || before.status === "expired")
    refuse(400, 2011, `Subscription in ${before.status} status cannot be updated`);
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
