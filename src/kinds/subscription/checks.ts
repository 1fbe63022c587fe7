import type { Objection, World } from "../../model/kind.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { OfferSpec } from "../generated/offer.ts";
import { isNewCommerce } from "./new-commerce.ts";
import { unknownOffer, unpurchasable } from "../offer.ts";
import { addOnsOf, checkAddOn, checkBase, checkLeft } from "./add-on.ts";
import { isActive } from "./impact.ts";
import { error, type SubscriptionTransition } from "./step.ts";

/**
 * Checks orders, upgrades, changes of quantity, reactivations, and the add-ons of a subscription
 * that stops. Existing state that does not change is not checked.
 */
export function checkSubscription(change: Change, world: World): readonly Objection[] {
  const step: SubscriptionTransition = {
    change,
    was: before(change),
    will: after(change) ?? {},
    world,
  };
  return judge(step).map((problem) => ({ address: change.address, ...problem }));
}

function judge(step: SubscriptionTransition): readonly Objection[] {
  if (isNewCommerce(step.was?.offer) || isNewCommerce(step.will.offer))
    return changesNewCommerce(step);
  switch (step.change.action) {
    case "create":
      return [...needsQuantity(step), ...withOffer(step, checkOrder)];
    case "upgrade":
      return [...checkSource(step), ...withOffer(step, checkUpgrade)];
    case "update":
      return [
        ...checkFrozen(step),
        ...checkLeft(step),
        ...reactivates(step),
        ...(step.was?.quantity === step.will.quantity ? [] : withOffer(step, checkQuantity)),
      ];
    case "remove":
      return checkLeft({ ...step, will: { status: "suspended" } });
    default:
      return [];
  }
}

/** New commerce has its own rules for orders, terms and windows. They are not implemented here. */
function changesNewCommerce({ change: { action } }: SubscriptionTransition): readonly Objection[] {
  if (action !== "create" && action !== "update" && action !== "upgrade" && action !== "remove")
    return [];
  const message = say`A subscription of new commerce cannot be ordered or changed here.`;
  const hint = say`Change it in Partner Center. Then take it out of the manifests, or let \`partnerctl pull\` write what the account has.`;
  return [error("new-commerce", message, hint)];
}

type Check = (step: SubscriptionTransition, offer: OfferSpec) => readonly Objection[];

/** Skips checks that need a catalogue if there is none. */
function withOffer(step: SubscriptionTransition, check: Check): readonly Objection[] {
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

function checkOrder(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  return [
    ...purchasable(step, offer),
    ...withinLimits(step, offer),
    ...billable(step, offer),
    ...checkAddOn(step, offer),
    ...onePerCustomer(step, offer),
  ];
}

function checkUpgrade(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
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
  const hint = say`add seats to that one; or, where it is still to come, make this upgrade in an apply of its own (--only)`;
  return [
    error(
      "upgrade-owned",
      say`a customer who has ${name} cannot be upgraded to it; it is ${other.address ?? other.id}`,
      hint,
    ),
  ];
}

function checkQuantity(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  return [...(isIncrease(step) ? purchasable(step, offer) : []), ...withinLimits(step, offer)];
}

function purchasable({ change }: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  return offer.purchasable
    ? []
    : [{ ...unpurchasable("subscription", offer, change.address), field: "/offer" }];
}

function needsQuantity({ will }: SubscriptionTransition): readonly Objection[] {
  return will.quantity === undefined
    ? [
        error(
          "quantity-missing",
          say`a new subscription needs spec.quantity: the number of seats to buy`,
        ),
      ]
    : [];
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
    error("quantity-limit", say`${name} takes ${minimum} to ${maximum} seats, not ${quantity}`),
  ];
}

function billable(
  { change, will: { billingCycle } }: SubscriptionTransition,
  { name, billingCycles }: OfferSpec,
): readonly Objection[] {
  if (billingCycle === undefined || billingCycles.includes(billingCycle)) return [];
  const hint =
    change.action === "upgrade"
      ? say`an upgrade keeps the billing cycle; order another subscription instead`
      : say`write spec.billingCycle: ${billingCycles.join(" or ")}`;
  return [error("billing-cycle", say`${name} cannot be billed ${billingCycle}`, hint)];
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
          say`a customer can have ${limit.count} of ${name}`,
          say`add seats to the one that is there, or activate it again if it is suspended`,
        ),
      ];
  }
  return [];
}

function checkSource(step: SubscriptionTransition): readonly Objection[] {
  const inactive = isActive(step.was)
    ? []
    : [
        error(
          "upgrade-inactive",
          say`a suspended subscription cannot be upgraded`,
          say`activate it in one plan, upgrade it in the next`,
        ),
      ];
  const addOns = addOnsOf(step);
  if (addOns.length === 0) return inactive;
  return [
    ...inactive,
    error(
      "upgrade-add-ons",
      say`a subscription with add-ons cannot be upgraded; it has ${addOns.join(", ")}`,
    ),
  ];
}

function checkFrozen({ was, will }: SubscriptionTransition): readonly Objection[] {
  if (was?.quantity === will.quantity || isActive(was) || isActive(will)) return [];
  return [
    error(
      "quantity-frozen",
      say`the quantity of a suspended subscription cannot change`,
      say`activate it in the same change (status: active), or leave the quantity as it is`,
    ),
  ];
}

function reactivates(step: SubscriptionTransition): readonly Objection[] {
  return !isActive(step.was) && isActive(step.will) ? checkBase(step) : [];
}
