import { amount, hundredths } from "../../model/values/money.ts";

/** The price of one unit billed monthly and annually, as decimal text. Omitted if not listed. */
export interface Price {
  readonly perMonth?: string;
  readonly perYear?: string;
}

/**
 * The price of one unit for a term, in hundredths. `months` is the term's length. Undefined if the
 * list has no price for this billing cycle.
 */
export function termPrice(
  price: Price,
  billingCycle: string | undefined,
  months: number,
): bigint | undefined {
  if (billingCycle === "annual")
    return price.perYear === undefined
      ? undefined
      : divideRounded(hundredths(price.perYear) * BigInt(months), 12n);
  return price.perMonth === undefined ? undefined : hundredths(price.perMonth) * BigInt(months);
}

/** The quotient of two non-negative amounts, rounded to the nearest whole number, halves up. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor / 2n) / divisor;
}

/** The annual price in a list of monthly prices: twelve times the monthly price, as documented. */
export function yearOf(perMonth: string | undefined): string | undefined {
  return perMonth === undefined ? undefined : amount(hundredths(perMonth) * 12n);
}
