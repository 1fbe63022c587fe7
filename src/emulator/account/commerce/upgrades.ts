import { customer } from "../customers.ts";
import { refuse } from "../refusal.ts";
import type { OrderRecord, Subscription } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { findOffer, type Offer, offerOf } from "./catalogue.ts";
import { buy, keep } from "./orders.ts";
import { expectQuantity, putSubscriptions, subscription } from "./subscriptions.ts";
import { errorsOf, type UpgradeError } from "./upgrade-errors.ts";

/** An offer that a subscription can be upgraded to; not possible if there are errors. */
export interface UpgradePath {
  readonly target: Offer;
  readonly quantity: number;
  readonly errors: readonly UpgradeError[];
}

/** The result of an upgrade: the id of the new subscription, or errors. */
export interface UpgradeResult {
  readonly sourceId: string;
  readonly targetId?: string;
  readonly errors: readonly UpgradeError[];
}

/** The ids of a subscription and its customer. */
export interface SubscriptionAddress {
  readonly customerId: string;
  readonly id: string;
}

/** All upgrades of a subscription, including those that are not possible. */
export function upgradesOf(
  transaction: Transaction,
  at: SubscriptionAddress,
): readonly UpgradePath[] {
  const source = subscription(transaction, at.customerId, at.id);
  const owner = customer(transaction, at.customerId);
  return (offerOf(source.offerId).upgradeTargetOffers ?? []).flatMap((id) => {
    const target = findOffer(id);
    return target === undefined
      ? []
      : [
          {
            target,
            quantity: source.quantity,
            errors: errorsOf(transaction, { owner, source, target }),
          },
        ];
  });
}

/**
 * Upgrades a subscription: creates a new one with the target offer and deletes the old one. Returns
 * errors if the upgrade is not possible.
 */
export function moveToOffer(
  transaction: Transaction,
  at: SubscriptionAddress,
  targetOfferId: string,
): UpgradeResult {
  const source = subscription(transaction, at.customerId, at.id);
  const owner = customer(transaction, at.customerId);
  const paths = upgradesOf(transaction, at);
  const path = paths.find(({ target }) => target.id.toUpperCase() === targetOfferId.toUpperCase());
  if (paths.length === 0)
    return failed(source, 7, "The subscription does not have any upgrade paths");
  if (path === undefined)
    return failed(source, 8, "The target offer of the subscription was not found");
  if (path.errors.length > 0) return { sourceId: source.id, errors: path.errors };
  const head = {
    id: transaction.newId(),
    billingCycle: source.billingCycle,
    createdAt: new Date(transaction.now).toISOString(),
  };
  const line = {
    lineItemNumber: 0,
    offerId: path.target.id,
    quantity: source.quantity,
    friendlyName: source.friendlyName,
  };
  const bought = {
    ...buy(transaction, head, { offer: path.target, line }),
    ...(source.partnerId !== undefined && { partnerId: source.partnerId }),
  };
  const order: OrderRecord = {
    ...head,
    lineItems: [{ ...line, offerId: bought.offerId, subscriptionId: bought.id }],
    version: 1,
  };
  const deleted: Subscription = {
    ...source,
    status: "deleted",
    changedAt: head.createdAt,
    version: source.version + 1,
  };
  keep(transaction, owner, { order, subscriptions: [deleted, bought] });
  transaction.audit(owner, {
    operationType: "upgrade_subscription",
    resourceType: "subscription",
    newValue: { Id: bought.id },
  });
  return { sourceId: source.id, targetId: bought.id, errors: [] };
}

/** The paid offers that a trial can be converted to. None if the subscription is not active. */
export function conversionsOf(
  transaction: Transaction,
  at: SubscriptionAddress,
): readonly { readonly source: Subscription; readonly target: Offer }[] {
  const source = subscription(transaction, at.customerId, at.id);
  if (source.status !== "active") return [];
  return offerOf(source.offerId).conversionTargetOffers.flatMap((id) => {
    const target = findOffer(id);
    return target === undefined ? [] : [{ source, target }];
  });
}

/**
 * Converts a trial to a paid offer; its id stays the same. Returns undefined if there is no such
 * conversion. Refuses a billing cycle (400/6001) or a quantity that the offer does not allow.
 */
export function convert(
  transaction: Transaction,
  at: SubscriptionAddress,
  body: {
    readonly targetOfferId: string;
    readonly billingCycle?: string;
    readonly quantity?: number;
  },
): Subscription | undefined {
  const found = conversionsOf(transaction, at).find(
    ({ target }) => target.id.toUpperCase() === body.targetOfferId.toUpperCase(),
  );
  if (found === undefined) return undefined;
  const { source, target } = found;
  const billingCycle = body.billingCycle?.toLowerCase() ?? "monthly";
  if (!target.supportedBillingCycles.includes(billingCycle))
    refuse(400, 6001, `The offer does not support the billing cycle ${billingCycle}`);
  const quantity = body.quantity ?? source.quantity;
  expectQuantity(transaction, target, quantity);
  const after = {
    ...source,
    offerId: target.id.toUpperCase(),
    billingCycle,
    quantity,
    changedAt: new Date(transaction.now).toISOString(),
    version: source.version + 1,
  };
  putSubscriptions(transaction, at.customerId, [after]);
  transaction.audit(customer(transaction, at.customerId), {
    operationType: "convert_trial_subscription",
    resourceType: "subscription",
    newValue: { Id: after.id },
  });
  return after;
}

function failed({ id }: Subscription, code: number, description: string): UpgradeResult {
  return { sourceId: id, errors: [{ code, description }] };
}
