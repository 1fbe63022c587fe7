import { nameOf, siblingOf } from "../../model/address.ts";
import type { ProjectedObject, Objection } from "../../model/kind.ts";
import { say } from "../../model/text/phrase.ts";
import type { OfferSpec } from "../generated/offer.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import { isActive } from "./impact.ts";
import { error, type SubscriptionTransition } from "./step.ts";

/**
 * Checks an order's base subscription: an add-on needs an active base with an offer that it can be
 * added to and the same billing cycle. An offer that is not an add-on must not name a base.
 */
export function checkAddOn(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  const { addOnOf } = step.will;
  if (offer.addOn && addOnOf === undefined)
    return [
      error(
        "add-on-without-base",
        say`${offer.name} is an add-on: spec.addOnOf must name the subscription it adds to.`,
      ),
    ];
  if (!offer.addOn && addOnOf !== undefined)
    return [
      error("not-an-add-on", say`${offer.name} is no add-on, so spec.addOnOf has no place here.`),
    ];
  return [...checkOrderedOn(step), ...checkFit(step, offer)];
}

/** Nothing can be ordered on an inactive base, not even a subscription that is to be suspended. */
function checkOrderedOn(step: SubscriptionTransition): readonly Objection[] {
  const base = baseOf(step);
  if (base === undefined || isActive(base.spec) || isActive(step.will)) return checkBase(step);
  return [
    error(
      "add-on-base-inactive",
      say`${String(step.will.addOnOf)} is not active at the end of the plan, so nothing can be ordered on top of it.`,
    ),
  ];
}

/** An active subscription needs an active base. */
export function checkBase(step: SubscriptionTransition): readonly Objection[] {
  const base = baseOf(step);
  if (base === undefined || isActive(base.spec) || !isActive(step.will)) return [];
  return [
    error(
      "add-on-base-inactive",
      say`${String(step.will.addOnOf)} is not active at the end of the plan, so its add-on cannot be.`,
    ),
  ];
}

function checkFit(step: SubscriptionTransition, offer: OfferSpec): readonly Objection[] {
  const base: Partial<SubscriptionSpec> | undefined = baseOf(step)?.spec;
  if (base === undefined) return [];
  const { addOnOf, billingCycle } = step.will;
  const fits = offer.prerequisites.some((id) => id.toUpperCase() === base.offer?.toUpperCase());
  const unfit = fits
    ? []
    : [
        error(
          "add-on-prerequisite",
          say`${offer.name} cannot be added to ${String(addOnOf)}.`,
          say`It adds to ${prerequisites(step, offer)}.`,
        ),
      ];
  const same =
    billingCycle === undefined ||
    base.billingCycle === undefined ||
    billingCycle === base.billingCycle;
  if (same) return unfit;
  return [
    ...unfit,
    error(
      "add-on-billing-cycle",
      say`An add-on is billed as its base is: ${String(base.billingCycle)}, not ${String(billingCycle)}.`,
      say`Leave spec.billingCycle out.`,
    ),
  ];
}

/** Prerequisites that are not in the catalogue are shown as ids. */
function prerequisites({ world }: SubscriptionTransition, offer: OfferSpec): string {
  return offer.prerequisites.map((id) => world.catalogue?.find(id)?.name ?? id).join(", ");
}

/** The base after the plan, found by name or, if it is unmanaged, by id. */
function baseOf({
  change,
  will: { addOnOf },
  world,
}: SubscriptionTransition): ProjectedObject | undefined {
  if (addOnOf === undefined) return undefined;
  return (
    world.find(siblingOf(change.address, addOnOf)) ??
    world.after("Subscription", change.parent).find(({ id }) => id === addOnOf)
  );
}

/** The names of a subscription's add-ons before the plan. Unmanaged ones are shown as ids. */
export function addOnsOf(step: SubscriptionTransition): readonly string[] {
  return adding(step, step.world.before("Subscription", step.change.parent)).map(called);
}

/**
 * A subscription must not stop while an add-on of it stays active: one outside of a narrowed plan,
 * an unmanaged one, or one that was ordered since. Add-ons that an earlier write has ended do not
 * count.
 */
export function checkLeft(step: SubscriptionTransition): readonly Objection[] {
  if (!isActive(step.was) || isActive(step.will)) return [];
  const left = adding(step, step.world.after("Subscription", step.change.parent)).filter(
    ({ spec, ended }) => isActive(spec) && !ended,
  );
  if (left.length === 0) return [];
  const name = nameOf(step.change.address);
  const message = say`${name} would not be active any more, and its add-on would be left without it: ${{ list: left.map(called) }}.`;
  return [error("add-on-left", message, say`Suspend the add-on in the same plan or before.`)];
}

function adding(
  { change }: SubscriptionTransition,
  all: readonly ProjectedObject[],
): readonly ProjectedObject[] {
  const own = [nameOf(change.address), change.action === "create" ? undefined : change.observed.id];
  return all.filter(({ spec }) => spec.addOnOf !== undefined && own.includes(String(spec.addOnOf)));
}

function called({ address, id }: ProjectedObject): string {
  return address === undefined ? String(id) : nameOf(address);
}
