import type { Objection, World } from "../../model/kind.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { addOnsOf, checkBase, checkLeft } from "./add-on.ts";
import { isActive } from "./impact.ts";
import { isNewCommerce } from "./new-commerce.ts";
import { checkOrder, checkQuantity, checkUpgrade, withOffer } from "./offer-checks.ts";
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

function needsQuantity({ will }: SubscriptionTransition): readonly Objection[] {
  return will.quantity === undefined
    ? [
        error(
          "quantity-missing",
          say`A new subscription needs spec.quantity: the number of seats to buy.`,
        ),
      ]
    : [];
}

function checkSource(step: SubscriptionTransition): readonly Objection[] {
  const inactive = isActive(step.was)
    ? []
    : [
        error(
          "upgrade-inactive",
          say`A suspended subscription cannot be upgraded.`,
          say`Activate it in one plan, upgrade it in the next.`,
        ),
      ];
  const addOns = addOnsOf(step);
  if (addOns.length === 0) return inactive;
  return [
    ...inactive,
    error(
      "upgrade-add-ons",
      say`A subscription with add-ons cannot be upgraded; it has ${{ list: addOns }}.`,
    ),
  ];
}

function checkFrozen({ was, will }: SubscriptionTransition): readonly Objection[] {
  if (was?.quantity === will.quantity || isActive(was) || isActive(will)) return [];
  return [
    error(
      "quantity-frozen",
      say`The quantity of a suspended subscription cannot change.`,
      say`Activate it in the same change (status: active), or leave the quantity as it is.`,
    ),
  ];
}

function reactivates(step: SubscriptionTransition): readonly Objection[] {
  return !isActive(step.was) && isActive(step.will) ? checkBase(step) : [];
}
