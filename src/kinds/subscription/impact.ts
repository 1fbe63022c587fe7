import { siblingOf } from "../../model/address.ts";
import type { UnitPrice } from "../../model/catalogue.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { Outlook } from "../../model/plan/outlook.ts";
import type { Change, Impact } from "../../model/plan/plan.ts";
import { dayAfter } from "../../model/values/duration.ts";
import { amount, hundredths } from "../../model/values/money.ts";
import type { OfferSpec } from "../generated/offer.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import { dayNumber } from "../invoice/days.ts";
import { divideRounded } from "../prices/term-price.ts";
import { billingOf, billingOfOrder, type CostUntilEnd, costUntilEnd } from "./proration.ts";
import { type Term, termOf } from "./renewal/term.ts";

type Fields = Partial<SubscriptionSpec> | undefined;

/** How long the data of a suspended subscription is kept, as an ISO 8601 duration. */
const dataKept = "P60D";

/**
 * Computes a change's money, seats and reversibility. A suspended subscription counts as zero
 * seats. Money is the signed difference per month and until the term ends, at the prices in force
 * when the term began.
 */
export function impactOfSubscription(change: Change, outlook: Outlook): Impact {
  const [was, will] = [before(change), after(change)].map((spec) => billed(spec, change, outlook));
  const seats = seatsOf(will) - seatsOf(was);
  const term = runningTerm(was, change, outlook);
  const priced: Priced = { ...outlook, ...(term?.pricedOn && { began: term.pricedOn }) };
  const left = seats === 0 ? {} : untilEnd({ was, will, seats, term }, change, priced);
  const { committed, ...dates } = left;
  const buys = seats > 0 || change.action === "upgrade";
  const money = outlook.catalogue && moneyOf(was, will, { priced, buys });
  const item = itemOf(will ?? was);
  return {
    ...wayBack(change, { was, will }, outlook.asOf),
    ...(money && {
      money: { ...money, ...(committed !== undefined && { committed: amount(committed) }) },
    }),
    ...dates,
    ...(seats !== 0 && { seats }),
    ...(item && { item }),
  };
}

interface Seats {
  readonly was: Fields;
  readonly will: Fields;
  readonly seats: number;
  readonly term: Term | undefined;
}

/** Nothing if the term or its billing is not known, or another offer takes its place. */
function untilEnd(
  { was, will, seats, term }: Seats,
  { action }: Change,
  priced: Priced,
): CostUntilEnd {
  const { billingCycle: cycle, offer = "" } = will ?? was ?? {};
  const { asOf, billingDay } = priced;
  const unit = priceOf(offer, cycle, priced);
  if (term !== undefined && action !== "upgrade") {
    const billing = billingOf(term, cycle);
    return billing ? costUntilEnd(billing, { seats, from: dayNumber(asOf), unit }) : {};
  }
  if (action !== "create" || billingDay === undefined || unit === undefined) return {};
  if (cycle === "none") return {};
  const billing = billingOfOrder(asOf, { billingDay, months: unit.months, cycle });
  return costUntilEnd(billing, { seats, from: dayNumber(asOf) + 1, unit });
}

function runningTerm(was: Fields, { action }: Change, { facts, catalogue, asOf }: Outlook) {
  if (facts === undefined || was?.offer === undefined || action === "upgrade") return undefined;
  return termOf(facts, catalogue?.find(was.offer) as OfferSpec | undefined, asOf);
}

function itemOf(spec: Fields): Impact["item"] {
  const { quantity, offer } = spec ?? {};
  return quantity === undefined || offer === undefined ? undefined : { quantity, offer };
}

/** An add-on without a billing cycle is billed like its base. */
function billed(spec: Fields, { address }: Change, { find }: Outlook): Fields {
  if (spec?.addOnOf === undefined || spec.billingCycle !== undefined) return spec;
  const base: Fields = find?.(siblingOf(address, String(spec.addOnOf)));
  return base?.billingCycle === undefined ? spec : { ...spec, billingCycle: base.billingCycle };
}

/** Whether users have the service. A pending subscription is read as active. */
export function isActive(spec: Fields): boolean {
  return spec !== undefined && spec.status !== "suspended";
}

function seatsOf(spec: Fields): number {
  return isActive(spec) ? (spec?.quantity ?? 0) : 0;
}

function wayBack(
  { action }: Change,
  { was, will }: Pick<Seats, "was" | "will">,
  asOf: string,
): Impact {
  if (action === "create" || action === "upgrade") return { reversible: "no" };
  return isActive(was) && !isActive(will)
    ? { reversible: "until", until: dayAfter(asOf, dataKept), destructive: true }
    : { reversible: "yes" };
}

/**
 * Undefined if no money changes or a price is unknown. Buying at a price of zero is a known cost of
 * zero.
 */
function moneyOf(
  was: Fields,
  will: Fields,
  { priced, buys }: { readonly priced: Priced; readonly buys: boolean },
): Impact["money"] {
  const [old, next] = [costOf(was, priced), costOf(will, priced)];
  const currency = next?.currency ?? old?.currency;
  if (old === undefined || next === undefined || currency === undefined) return undefined;
  if (!buys && old.perMonth === next.perMonth && old.committed === next.committed) return undefined;
  return {
    perMonth: amount(next.perMonth - old.perMonth),
    committed: amount(next.committed - old.committed),
    currency,
  };
}

interface Cost {
  readonly perMonth: bigint;
  readonly committed: bigint;
  readonly currency?: string;
}

/** Zero seats cost nothing. Undefined if there are seats and their price is unknown. */
function costOf(spec: Fields, priced: Priced): Cost | undefined {
  const seats = seatsOf(spec);
  if (seats === 0 || spec?.offer === undefined) return { perMonth: 0n, committed: 0n };
  const unit = priceOf(spec.offer, spec.billingCycle, priced);
  return unit && costOfSeats(unit, seats);
}

/** Where prices are looked up. `began`: the day whose prices hold for the term that runs. */
interface Priced extends Outlook {
  readonly began?: string;
}

/** The price of the term that runs, where that day's list has one; else the plan's. */
function priceOf(
  offer: string,
  cycle: string | undefined,
  { began, pricedOn, catalogue, asOf }: Priced,
): UnitPrice | undefined {
  const then = began !== undefined && began < asOf ? pricedOn?.(began) : undefined;
  return then?.price(offer, cycle) ?? catalogue?.price(offer, cycle);
}

/** Divides the total instead of the unit price, to avoid a rounding error per seat. */
function costOfSeats({ committed, months, currency }: UnitPrice, seats: number): Cost {
  const total = hundredths(committed) * BigInt(seats);
  return { perMonth: divideRounded(total, BigInt(months)), committed: total, currency };
}
