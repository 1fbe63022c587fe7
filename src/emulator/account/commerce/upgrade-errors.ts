import type { Customer, Subscription } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import type { Offer } from "./catalogue.ts";
import { subscriptionAt, subscriptionsOf } from "./subscriptions.ts";

/** Why an upgrade is not possible. The numbers are the service's. */
export interface UpgradeError {
  readonly code: number;
  readonly description: string;
}

/** Why a subscription cannot be upgraded to the target offer. Empty if it can. */
export function errorsOf(
  transaction: Transaction,
  {
    owner,
    source,
    target,
  }: { readonly owner: Customer; readonly source: Subscription; readonly target: Offer },
): readonly UpgradeError[] {
  const live = subscriptionsOf(owner, transaction.now).filter(({ status }) => status !== "deleted");
  const current = subscriptionAt(source, transaction.now);
  const checks: readonly (UpgradeError & { readonly holds: boolean })[] = [
    {
      code: 1,
      description: "Delegated admin permissions are disabled",
      holds: !owner.allowDelegatedAccess,
    },
    {
      code: 9,
      description: "The subscription is not provisioned yet",
      holds: current.status === "pending",
    },
    {
      code: 2,
      description: "The subscription is not active",
      holds: current.status !== "active" && current.status !== "pending",
    },
    {
      code: 4,
      description: "Concurrent subscription restriction (sample wording)",
      holds: live.some(({ offerId }) => offerId === target.id.toUpperCase()),
    },
    {
      code: 6,
      description: "The subscription has add-ons",
      holds: live.some(({ parentSubscriptionId }) => parentSubscriptionId === source.id),
    },
    {
      code: 10,
      description: "The offer does not support the billing cycle",
      holds: !target.supportedBillingCycles.includes(source.billingCycle),
    },
    {
      code: 0,
      description: "The quantity is outside what the target offer allows",
      holds: source.quantity < target.minimumQuantity || source.quantity > target.maximumQuantity,
    },
  ];
  return checks
    .filter(({ holds }) => holds)
    .map(({ code, description }) => ({ code, description }));
}
