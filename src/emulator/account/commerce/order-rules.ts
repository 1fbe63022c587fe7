import { type Offer, offerOf } from "./catalogue.ts";
import { expectPartnerOfRecord } from "../profiles.ts";
import { refuse } from "../refusal.ts";
import type { Customer } from "../state.ts";
import { expectQuantity, subscriptionAt, subscriptionsOf } from "./subscriptions.ts";
import type { Transaction } from "../transaction.ts";

/** A line of an order as sent by the client. */
export interface NewLine {
  readonly lineItemNumber: number;
  readonly offerId: string;
  readonly quantity: number;
  readonly friendlyName?: string;
  readonly partnerIdOnRecord?: string;
  readonly parentSubscriptionId?: string;
  readonly subscriptionId?: string;
}

/** A line with its offer. */
export interface OrderLine {
  readonly line: NewLine;
  readonly offer: Offer;
}

const sandboxSubscriptions = 5;

/**
 * Returns the billing cycle of an order in lower case: the given one; else, if each offer supports
 * only one, the first offer's; else monthly. Refuses with 400/6001 if an offer does not support it.
 */
export function cycleOf(wanted: readonly OrderLine[], given: string | undefined): string {
  const onlyOne = wanted.every(({ offer }) => offer.supportedBillingCycles.length === 1)
    ? wanted[0]?.offer.supportedBillingCycles[0]
    : undefined;
  const cycle = given?.toLowerCase() ?? onlyOne ?? "monthly";
  for (const { offer } of wanted) {
    if (!offer.supportedBillingCycles.includes(cycle))
      refuse(400, 6001, `Offer ${offer.id} does not support the billing cycle ${cycle}`);
  }
  return cycle;
}

/**
 * Returns the lines of a new order with their offers. Refuses if there are no lines (400/800002),
 * line numbers are out of range (400/800071), an offer is unknown (400/800004), offers have
 * different sales groups (400/800002), or a line is an add-on (400/800029).
 */
export function newLines(lines: readonly NewLine[]): readonly OrderLine[] {
  if (lines.length === 0) refuse(400, 800002, "Invalid input: an order needs a line item");
  const numbers = new Set(lines.map(({ lineItemNumber }) => lineItemNumber));
  if (numbers.size !== lines.length || lines.some((_, index) => !numbers.has(index)))
    refuse(400, 800071, "Line item number is out of range");
  const wanted = lines.map((line) => ({ line, offer: offerOf(line.offerId) }));
  if (new Set(wanted.map(({ offer }) => offer.salesGroupId)).size > 1)
    refuse(400, 800002, "Invalid input: offers of different sales groups need an order each");
  for (const { offer, line } of wanted) {
    if (offer.isAddOn || line.parentSubscriptionId !== undefined)
      refuse(400, 800029, `Add-on ${offer.id} is not related to a parent in this order`);
  }
  return wanted;
}

/**
 * Refuses an order that this customer cannot place: no reseller relationship (403/20002), a retired
 * offer (403/2091), an invalid quantity or partner of record, more than the offer's limit
 * (400/27006) or the sandbox's limits (403/2085, 403/800066).
 */
export function expectSellable(
  transaction: Transaction,
  owner: Customer,
  wanted: readonly OrderLine[],
): void {
  if (owner.relationshipToPartner !== "reseller") {
    refuse(
      403,
      20002,
      `The partner id has no commerce relationship with the customer id ${owner.id}.`,
    );
  }
  for (const { offer, line } of wanted) {
    if (!offer.isAvailableForPurchase)
      refuse(403, 2091, `Offer ${offer.id} is no longer available`);
    if (
      transaction.sandbox &&
      !(offer.minimumQuantity <= 25 && offer.supportedCatalogTypes.includes("sandbox"))
    )
      refuse(403, 2085, `Offer ${offer.id} is not eligible for purchase`);
    expectQuantity(transaction, offer, line.quantity);
    if (line.partnerIdOnRecord !== undefined) expectPartnerOfRecord(line.partnerIdOnRecord);
  }
  if (
    transaction.sandbox &&
    Object.keys(owner.subscriptions).length + wanted.length > sandboxSubscriptions
  ) {
    refuse(403, 800066, "Maximum number of subscriptions per customer exceeded");
  }
  expectWithinLimits(transaction, owner, wanted);
}

/**
 * Returns the id of an add-on's parent. Refuses if the parent is not in this order or does not take
 * the add-on (400/800029), or is not active (409/27009).
 */
export function expectParent(
  transaction: Transaction,
  owner: Customer,
  { wanted, orderId }: { readonly wanted: OrderLine; readonly orderId: string },
): string {
  const { offer, line } = wanted;
  const found = owner.subscriptions[line.parentSubscriptionId?.toUpperCase() ?? ""];
  const unrelated = `Add-on ${offer.id} is not related to parent ${line.parentSubscriptionId ?? ""}`;
  if (found === undefined || found.orderId !== orderId || !offer.isAddOn)
    return refuse(400, 800029, unrelated);
  if (!offer.prerequisiteOffers.some((id) => id.toUpperCase() === found.offerId))
    refuse(400, 800029, unrelated);
  if (subscriptionAt(found, transaction.now).status !== "active")
    refuse(409, 27009, "A child subscription cannot be enabled while its parent is not active");
  return found.id;
}

function expectWithinLimits(
  transaction: Transaction,
  owner: Customer,
  wanted: readonly OrderLine[],
): void {
  const owned = subscriptionsOf(owner, transaction.now);
  for (const { offer } of wanted) {
    if (offer.limitUnitOfMeasure === "None" || offer.limit === 0) continue;
    const counted = owned.filter(
      ({ offerId, status }) =>
        offerId === offer.id && (offer.limitUnitOfMeasure === "Lifetime" || status !== "deleted"),
    );
    const inThisOrder = wanted.filter((other) => other.offer.id === offer.id);
    if (counted.length + inThisOrder.length > offer.limit)
      refuse(
        400,
        27006,
        `Offer use limit exceeded: ${offer.name} allows ${offer.limit} per customer`,
      );
  }
}
