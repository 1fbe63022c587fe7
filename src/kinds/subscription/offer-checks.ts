import type { Objection } from "../../model/kind.ts";
import { say } from "../../model/text/phrase.ts";
import type { OfferSpec } from "../generated/offer.ts";
import { unknownOffer, unpurchasable } from "../offer.ts";
import { checkAddOn } from "./add-on.ts";
import { error, type SubscriptionTransition } from "./step.ts";

type Check = (step: SubscriptionTransition, offer: OfferSpec) => readonly Objection[];

/** Skips checks that need a catalogue if there is none. */
export function withOffer(step: SubscriptionTransition, check: Check): readonly Objection[] {
  const { will, world, change } = step;
  if (world.catalogue === undefined || will.offer === undefined) return [];
  const offer = world.catalogue.find(will.offer) as OfferSpec | undefined;
  if (offer !== undefined) return check(step, offer);
  if (!isIncrease(step)) return [];
  const asked = { address: change.address, catalogue: world.catalogue };
  return [{ ...unknownOffer("subscription", will.offer, asked), field: "/offer" }];
}

function isIncrease({ was, will, change }: SubscriptionTransition): boolean {
  return change.action !== "update" || (will.quantity ?? 0) > (was?.quantity ?? 0);
}

/** Checks an order against its offer. */
export function checkOrder(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  return [
    ...purchasable(step, offer),
    ...withinLimits(step, offer),
    ...billable(step, offer),
    ...checkAddOn(step, offer),
    ...onePerCustomer(step, offer),
  ];
}

/** Checks an upgrade against the offer it leads to. */
export function checkUpgrade(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  return [
    ...purchasable(step, offer),
    ...withinLimits(step, offer),
    ...billable(step, offer),
    ...oneAtMost(step, offer),
  ];
}

function oneAtMost(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  const limited = onePerCustomer(step, offer);
  return limited.length > 0 ? limited : notOwned(step, offer);
}

/**
 * The service cannot upgrade to an offer that the customer already has. Subscriptions that get this
 * offer in the same plan count too, because they may come first.
 */
function notOwned(
  { change, will, world }: SubscriptionTransition,
  { name }: OfferSpec,
): readonly Objection[] {
  const all = [
    ...world.before("Subscription", change.parent),
    ...world.after("Subscription", change.parent),
  ];
  const other = all.find(
    ({ address, spec }) => address !== change.address && spec.offer === will.offer,
  );
  if (other === undefined) return [];
  const hint = say`Add seats to that one; or, where it is still to come, make this upgrade in an apply of its own (--only).`;
  return [
    error(
      "upgrade-owned",
      say`A customer who has ${name} cannot be upgraded to it; it is ${String(other.address ?? other.id)}.`,
      hint,
    ),
  ];
}

/** Checks a changed quantity against the offer. */
export function checkQuantity(
  step: SubscriptionTransition,
  offer: OfferSpec,
): readonly Objection[] {
  return [...(isIncrease(step) ? purchasable(step, offer) : []), ...withinLimits(step, offer)];
}

function purchasable({ change }: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  return offer.purchasable
    ? []
    : [{ ...unpurchasable("subscription", offer, change.address), field: "/offer" }];
}

/**
 * A decrease may stay above a maximum that was lowered since, but must not go below the minimum.
 */
function withinLimits(
  step: SubscriptionTransition,
  { name, quantity: { minimum, maximum } }: OfferSpec,
): readonly Objection[] {
  const quantity = step.will.quantity;
  if (quantity === undefined || (quantity >= minimum && (quantity <= maximum || !isIncrease(step))))
    return [];
  return [
    error("quantity-limit", say`${name} takes ${minimum} to ${maximum} seats, not ${quantity}.`),
  ];
}

function billable(
  { change, will: { billingCycle } }: SubscriptionTransition,
  { name, billingCycles }: OfferSpec,
): readonly Objection[] {
  if (billingCycle === undefined || billingCycles.includes(billingCycle)) return [];
  const hint =
    change.action === "upgrade"
      ? say`An upgrade keeps the billing cycle; order another subscription instead.`
      : say`Write \`spec.billingCycle: ${{ either: billingCycles }}\`.`;
  return [error("billing-cycle", say`${name} cannot be billed ${billingCycle}.`, hint)];
}

/** Suspended and unmanaged subscriptions count too. */
function onePerCustomer(
  { change, will, world }: SubscriptionTransition,
  { name, limit }: OfferSpec,
): readonly Objection[] {
  if (limit.unit === "none") return [];
  let found = 0;
  for (const { spec } of world.after("Subscription", change.parent)) {
    if (spec.offer === will.offer) found += 1;
    if (found > limit.count)
      return [
        error(
          "offer-limit",
          say`A customer can have ${limit.count} of ${name}.`,
          say`Add seats to the one that is there, or activate it again if it is suspended.`,
        ),
      ];
  }
  return [];
}
