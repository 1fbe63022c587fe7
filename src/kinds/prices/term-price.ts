import { amount, hundredths } from "../../model/values/money.ts";

/** What one unit of an offer costs, billed by the month or by the year, as decimal text; missing where the list has no such price. */
export interface Price {
  readonly perMonth?: string;
  readonly perYear?: string;
}

/** The price of one unit for a whole term of so many months, in hundredths; undefined where the list has none for that way of billing. */
export function termPrice(price: Price, billingCycle: string | undefined, months: number): bigint | undefined {
  if (billingCycle === "annual")
    return price.perYear === undefined ? undefined : divideRounded(hundredths(price.perYear) * BigInt(months), 12n);
  return price.perMonth === undefined ? undefined : hundredths(price.perMonth) * BigInt(months);
}

/** The quotient of two amounts that are not negative, to the nearest whole number, halves up. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor / 2n) / divisor;
}

/** The price of a year in a list that prices months alone: for annual billing it is multiplied by twelve, as documented. */
export function yearOf(perMonth: string | undefined): string | undefined {
  return perMonth === undefined ? undefined : amount(hundredths(perMonth) * 12n);
}
