import type { Spec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { say } from "../../../model/text/say.ts";
import type { Stored } from "../account.ts";
import { type WriteRequest, rejection, textAt } from "./rules.ts";

/**
 * An order to validate: `base` is the subscription an add-on belongs to; `siblings` yields all
 * subscriptions of the customer, including deleted ones.
 */
export interface OrderRequest {
  readonly spec: Spec;
  readonly base: Stored | undefined;
  siblings(): Iterable<Stored>;
}

/**
 * The catalogue entry of a subscription's offer. Throws AdapterError `rejected` if the offer is not
 * in the catalogue.
 */
export function offerOf(offers: WriteRequest["offers"], spec: Spec): Spec {
  const offer = offers.get(textAt(spec, "/offer").toUpperCase());
  if (offer === undefined) throw rejection(say`there is no offer ${textAt(spec, "/offer")}`);
  return offer;
}

/** Whether two subscriptions have the same offer, ignoring case. */
export function sameOffer(left: Spec, right: Spec): boolean {
  return textAt(left, "/offer").toUpperCase() === textAt(right, "/offer").toUpperCase();
}

/**
 * Throws AdapterError `rejected` for an order that the service would refuse: retired offers,
 * quantity and customer limits, billing cycles, an add-on without a valid base.
 */
export function allowsOrder({ offers }: WriteRequest, order: OrderRequest): void {
  const offer = offerOf(offers, order.spec);
  if (offer.purchasable !== true) throw rejection(say`${offer.name} cannot be bought`);
  if (!includes(offer.billingCycles, order.spec.billingCycle))
    throw rejection(say`${offer.name} cannot be billed ${order.spec.billingCycle}`);
  withinLimits(offer, order.spec);
  oncePerCustomer(offer, order);
  withItsBase(offer, order);
}

/** Throws AdapterError `rejected` if the quantity is outside the offer's range. */
export function withinLimits(offer: Spec, spec: Spec): void {
  const quantity = Number(spec.quantity);
  const minimum = Number(valueAt(offer, "/quantity/minimum"));
  const maximum = Number(valueAt(offer, "/quantity/maximum"));
  if (!(quantity >= minimum && quantity <= maximum))
    throw rejection(say`${offer.name} is sold from ${minimum} to ${maximum} at a time, not ${spec.quantity}`);
}

function oncePerCustomer(offer: Spec, { spec, siblings }: OrderRequest): void {
  const unit = valueAt(offer, "/limit/unit");
  if (unit === "none") return;
  const counted = [...siblings()].filter((one) => sameOffer(one.spec, spec) && (unit === "lifetime" || one.deletedAt === undefined));
  const limit = Number(valueAt(offer, "/limit/count"));
  if (counted.length >= limit) throw rejection(say`a customer may have ${limit} of ${offer.name}, and has ${counted.length}`);
}

function withItsBase(offer: Spec, { spec, base }: OrderRequest): void {
  if (offer.addOn !== true && base !== undefined) throw rejection(say`${offer.name} is no add-on`);
  if (offer.addOn !== true) return;
  if (base === undefined) throw rejection(say`${offer.name} is an add-on and needs a subscription to add to`);
  if (base.parentId !== spec.customer) throw rejection(say`an add-on belongs to a subscription of the same customer`);
  if (base.spec.status !== "active") throw rejection(say`an add-on cannot be active while its subscription is not`);
  if (!includes(offer.prerequisites, textAt(base.spec, "/offer").toUpperCase()))
    throw rejection(say`${offer.name} cannot be added to ${base.spec.offer}`);
}

function includes(list: unknown, item: unknown): boolean {
  return Array.isArray(list) && list.includes(item);
}
