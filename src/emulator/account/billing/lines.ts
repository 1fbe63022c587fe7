import { type BillingWays, roundQuotient } from "./billing-ways.ts";
import type { Day } from "./day.ts";
import type { BillingPeriod, Usage, UsageState } from "./records.ts";

/** The charge types of 21Vianet's portal that this emulator uses. */
export type ChargeType =
  | "Purchase fee"
  | "Cycle fee"
  | "Renew fee"
  | "Cycle instance prorate"
  | "Cancel instance prorate"
  | "Prorate fees when purchase"
  | "Prorate fees when cancel"
  | "Prorate fees when activate";

/** A charge or, with negative quantity, a credit: seats from a day to a day, both inclusive. */
export interface Charge {
  readonly type: ChargeType;
  readonly from: Day;
  readonly to: Day;
  readonly quantity: number;
  readonly offerId: string;
}

/** A charge with its amounts. Prices may have fractions of a cent; the other amounts are cents. */
export interface PricedCharge extends Charge {
  readonly unitPrice: number;
  readonly amount: number;
  readonly tax: number;
}

/** The whole period in advance. */
export function advance(type: ChargeType, period: BillingPeriod, offerId: string): Charge {
  const { from, to, quantity } = period;
  return { type, from, to, quantity, offerId };
}

/** Changes before the first billing day are listed, and free. */
export function freeChanges({ state, changes }: Usage, until: Day): readonly Charge[] {
  const states = [state, ...changes].filter(({ active }) => active);
  if (states.every(({ quantity }) => quantity === state.quantity)) return [];
  return stretches(states, { from: state.from + 1, to: until }, "Prorate fees when purchase");
}

/** What the changes of a period that was billed in advance cost, or give back. */
export function adjustments(
  { state, changes }: Usage,
  period: BillingPeriod,
  ways: BillingWays["changes"],
): readonly Charge[] {
  const reverses = ways === "reversal" && state.active && state.from <= period.from;
  const charges: Charge[] = [];
  let before = state;
  for (const now of changes) {
    const to = period.to;
    const shared = { from: now.from, to, offerId: now.offerId };
    if (before.active && !now.active)
      charges.push({ ...shared, type: "Prorate fees when cancel", quantity: -before.quantity });
    else if (!before.active && now.active)
      charges.push({ ...shared, type: "Prorate fees when activate", quantity: now.quantity });
    else if (now.active && now.quantity !== before.quantity && !reverses)
      charges.push(...seatChange(before, now, { to, pair: ways !== "difference" }));
    before = now;
  }
  return reverses ? [...reversal({ state, changes }, period), ...charges] : charges;
}

function seatChange(
  before: UsageState,
  { from, quantity, offerId }: UsageState,
  { to, pair }: { readonly to: Day; readonly pair: boolean },
): readonly Charge[] {
  const more = { type: "Cycle instance prorate", from, to, offerId } as const;
  const fewer = { type: "Cancel instance prorate", from, to, offerId } as const;
  if (pair)
    return [
      { ...fewer, quantity: -before.quantity },
      { ...more, quantity },
    ];
  const difference = quantity - before.quantity;
  return [{ ...(difference > 0 ? more : fewer), quantity: difference }];
}

/** The advance charge is taken back, and each stretch of days with the same seats charged. */
function reversal(
  { state, changes }: Pick<Usage, "state" | "changes">,
  { from, to, quantity }: BillingPeriod,
): readonly Charge[] {
  const states = [{ ...state, from }, ...changes];
  if (states.every((one) => one.quantity === state.quantity)) return [];
  const back = { type: "Cancel instance prorate", from, to, quantity: -quantity } as const;
  return [
    { ...back, offerId: state.offerId },
    ...stretches(states, { from, to }, "Cycle instance prorate"),
  ];
}

function stretches(
  states: readonly UsageState[],
  { from, to }: Pick<BillingPeriod, "from" | "to">,
  type: ChargeType,
): readonly Charge[] {
  return states.flatMap(({ from: own, quantity, offerId }, index) => {
    const next = states[index + 1]?.from ?? to + 1;
    const first = Math.max(own, from);
    return first >= next ? [] : [{ type, from: first, to: next - 1, quantity, offerId }];
  });
}

/** A charge with its amounts, for a period whose seat costs so many cents. */
export function priceCharge(
  charge: Charge,
  { from, to, price }: Pick<BillingPeriod, "from" | "to" | "price">,
  { per, rounding, credits, tax }: BillingWays,
): PricedCharge {
  const days = charge.to - charge.from + 1;
  const all = to - from + 1;
  const cents = roundQuotient(price * days, all, rounding);
  const amount =
    per === "unit"
      ? cents * charge.quantity
      : roundQuotient(price * days * charge.quantity, all, rounding);
  const unitPrice = per === "unit" ? cents : (price * days) / all;
  const isNegativePrice = charge.quantity < 0 && credits === "price";
  return {
    ...charge,
    unitPrice: isNegativePrice ? -unitPrice : unitPrice,
    quantity: isNegativePrice ? -charge.quantity : charge.quantity,
    amount,
    tax: roundQuotient(amount * tax, 100, "half-up"),
  };
}
