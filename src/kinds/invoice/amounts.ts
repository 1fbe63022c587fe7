import type { Rounding } from "../../model/billing/reconciliation.ts";

const million = 1_000_000n;

/** Decimal text in millionths; further decimals are cut off. */
export function millionths(text: string): bigint {
  const [, sign = "", units = "0", decimals = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  const value = BigInt(units || "0") * million + BigInt(decimals.slice(0, 6).padEnd(6, "0"));
  return sign === "-" ? -value : value;
}

/** Millionths as decimal text with two to six decimals. */
export function decimalText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(7, "0");
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/(\.\d{2}\d*?)0+$/, "$1");
  return value < 0n ? `-${text}` : text;
}

/** The absolute value. */
export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** A cent, in millionths. */
export const cent = 10_000n;

/** A share of a price: for some of the days of its period. */
export interface Share {
  /** Hundredths for the whole period. */
  readonly price: bigint;
  readonly days: number;
  readonly ofDays: number;
}

/** What some seats cost for a share of a period, and a seat of them: both in millionths. */
export function costOf(
  { price, days, ofDays }: Share,
  seats: number,
  { of, how }: Rounding,
): { readonly unit: bigint; readonly amount: bigint } {
  const [part, whole, count] = [price * BigInt(days), BigInt(ofDays), BigInt(seats)];
  const exact = (part * cent) / whole;
  if (of === "line") return { unit: exact, amount: divide(part * count, whole, how) * cent };
  const unit = divide(part, whole, how) * cent;
  return { unit, amount: unit * count };
}

/** The quotient, rounded; the sign does not change how. */
function divide(dividend: bigint, divisor: bigint, how: Rounding["how"]): bigint {
  const positive = absolute(dividend);
  const down = positive / divisor;
  const twice = (positive % divisor) * 2n;
  const isTie = twice === divisor;
  const up = twice > divisor || (isTie && (how === "half-up" || down % 2n === 1n));
  const value = how !== "down" && up ? down + 1n : down;
  return dividend < 0n ? -value : value;
}
