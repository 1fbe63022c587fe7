import type { MonthCost, RenewalRow, SeatCost } from "../../../model/plan/renewals.ts";
import { dayAfter } from "../../../model/values/duration.ts";
import { amount, hundredths } from "../../../model/values/money.ts";

/** A row and the length of its terms. */
export interface BilledTerm {
  readonly row: RenewalRow;
  /** An ISO 8601 duration. */
  readonly length: string;
}

const months = 12;

/**
 * What is billed in each of the next twelve calendar months: every month where billing is monthly,
 * else the whole term in the month in which it begins. Without proration and without tax.
 */
export function monthsOf(all: readonly BilledTerm[], asOf: string): readonly MonthCost[] {
  const active = all.filter(({ row }) => row.status === "active");
  const currencies = new Set(
    active.flatMap(({ row }) => [row.now.currency ?? [], row.then?.currency ?? []].flat()),
  );
  const names = Array.from({ length: months }, (_, index) =>
    dayAfter(`${asOf.slice(0, 7)}-01`, `P${index}M`).slice(0, 7),
  );
  return names.flatMap((month) => {
    const costs = active.flatMap((one) => costIn(one, month) ?? []);
    return [...currencies].sort().map((currency) => ({
      month,
      currency,
      amount: amount(
        costs.reduce((sum, one) => (one.currency === currency ? sum + one.amount : sum), 0n),
      ),
      unpriced: costs.filter((one) => one.currency === undefined).length,
    }));
  });
}

interface Billed {
  readonly amount: bigint;
  readonly currency?: string;
}

/** What a subscription is billed in a month. Undefined if it is not billed in it. */
function costIn({ row, length }: BilledTerm, month: string): Billed | undefined {
  const begins = dayAfter(row.endsOn, "P1D").slice(0, 7);
  const cost = month < begins ? row.now : row.then;
  if (cost === undefined || cost.billingCycle === "none") return undefined;
  if (cost.billingCycle !== "annual") return billed(cost, cost.perMonth);
  return beginsIn(month, begins, length) ? billed(cost, cost.committed) : undefined;
}

function beginsIn(month: string, first: string, length: string): boolean {
  let begins = first;
  while (begins < month) begins = dayAfter(`${begins}-01`, length).slice(0, 7);
  return begins === month;
}

function billed({ currency }: SeatCost, sum: string | undefined): Billed {
  return sum === undefined || currency === undefined
    ? { amount: 0n }
    : { amount: hundredths(sum), currency };
}
