import { siblingOf } from "../../model/address.ts";
import type { Catalogue, UnitPrice } from "../../model/catalogue.ts";
import type { Outlook } from "../../model/kind.ts";
import { amount, hundredths } from "../../model/values/money.ts";
import type { Change, Impact } from "../../model/plan/plan.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import { divideRounded } from "../prices/term-price.ts";

type Fields = Partial<SubscriptionSpec> | undefined;

/** How long the data of a suspended subscription is kept, as an ISO 8601 duration. */
const dataKept = "P60D";

/**
 * Computes a change's money, seats and reversibility. A suspended subscription counts as zero
 * seats. Money is the signed difference per month and for the whole term.
 */
export function impactOfSubscription(change: Change, { catalogue, find }: Outlook): Impact {
  const [was, will] = [before(change), after(change)].map((spec) => billed(spec, change, find));
  const difference = seatsOf(will) - seatsOf(was);
  const buys = difference > 0 || change.action === "upgrade";
  const money = catalogue === undefined ? undefined : moneyOf(was, will, { catalogue, buys });
  const item = itemOf(will ?? was);
  return {
    ...wayBack(change, was, will),
    ...(money && { money }),
    ...(difference !== 0 && { seats: difference }),
    ...(item && { item }),
  };
}

function itemOf(spec: Fields): Impact["item"] {
  const { quantity, offer } = spec ?? {};
  return quantity === undefined || offer === undefined ? undefined : { quantity, offer };
}

/** An add-on without a billing cycle is billed like its base. */
function billed(spec: Fields, { address }: Change, find: Outlook["find"]): Fields {
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

function wayBack({ action }: Change, was: Fields, will: Fields): Impact {
  if (action === "create" || action === "upgrade") return { reversible: "no" };
  return isActive(was) && !isActive(will)
    ? { reversible: "until", until: dataKept, destructive: true }
    : { reversible: "yes" };
}

/**
 * Undefined if no money changes or a price is unknown. Buying at a price of zero is a known cost of
 * zero.
 */
function moneyOf(
  was: Fields,
  will: Fields,
  { catalogue, buys }: { readonly catalogue: Catalogue; readonly buys: boolean },
): Impact["money"] {
  const [old, next] = [costOf(was, catalogue), costOf(will, catalogue)];
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
function costOf(spec: Fields, catalogue: Catalogue): Cost | undefined {
  const seats = seatsOf(spec);
  if (seats === 0 || spec?.offer === undefined) return { perMonth: 0n, committed: 0n };
  const unit = catalogue.price(spec.offer, spec.billingCycle);
  return unit && costOfSeats(unit, seats);
}

/** Divides the total instead of the unit price, to avoid a rounding error per seat. */
function costOfSeats({ committed, months, currency }: UnitPrice, seats: number): Cost {
  const total = hundredths(committed) * BigInt(seats);
  return { perMonth: divideRounded(total, BigInt(months)), committed: total, currency };
}
