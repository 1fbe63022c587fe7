/** An amount in one currency, as decimal text with two digits after the point: "-1234.50". */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/**
 * Returns an amount in hundredths. Throws a RangeError unless it is a decimal number with at most
 * two digits after the point.
 */
export function hundredths(amount: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount);
  if (!match) throw new RangeError(`not an amount: ${amount}`);
  const value = BigInt(match[2] ?? "0") * 100n + BigInt((match[3] ?? "").padEnd(2, "0"));
  return match[1] === "-" ? -value : value;
}

/** Formats hundredths as decimal text: -5n is "-0.05". */
export function amount(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(3, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Formats hundredths for people: 2555660n is "CNY 25,556.60". */
export function formatMoney(value: bigint, currency: string): string {
  return `${currency} ${amount(value).replace(/\B(?=(\d{3})+\.)/g, ",")}`;
}

/** Returns the sum of amounts of one currency. Throws a RangeError if one is malformed. */
export function sum(amounts: Iterable<string>): string {
  let total = 0n;
  for (const one of amounts) total += hundredths(one);
  return amount(total);
}

/** Multiplies an amount by a whole number. Throws a RangeError if the amount is malformed. */
export function times(one: string, count: number): string {
  return amount(hundredths(one) * BigInt(count));
}

/**
 * Multiplies a decimal number of any precision by a whole number, and rounds the product half up to
 * two digits. Undefined if it is no such number.
 */
export function productOf(one: string, count: number): string | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(one);
  if (!match) return undefined;
  const [, whole = "0", fraction = ""] = match;
  const digits = fraction.padEnd(2, "0");
  const unit = 10n ** BigInt(digits.length - 2);
  return amount((BigInt(whole + digits) * BigInt(count) * 2n + unit) / (2n * unit));
}
