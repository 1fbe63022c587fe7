import { createHash } from "node:crypto";

/**
 * How this emulator bills where the documents leave it open. `per` and `rounding`: what is rounded
 * to cents, and how. `changes`: a change of seats is one line of the difference, a pair of lines
 * (old and new quantity), or a reversal of the advance charge with a line per stretch of days.
 * `credits`: which factor of a credit is negative.
 */
export interface BillingWays {
  readonly per: "unit" | "line";
  readonly rounding: "down" | "half-up" | "half-even";
  readonly changes: "difference" | "pair" | "reversal";
  readonly credits: "quantity" | "price";
  /** Percent. */
  readonly tax: number;
}

/** The values that each way of billing may have. */
export const billingChoices = {
  per: ["unit", "line"],
  rounding: ["down", "half-up", "half-even"],
  changes: ["difference", "pair", "reversal"],
  credits: ["quantity", "price"],
} as const;

/** The ways that are used without quirks. */
export const plainBilling: BillingWays = {
  per: "line",
  rounding: "half-up",
  changes: "difference",
  credits: "quantity",
  tax: 6,
};

/** The ways of billing of one run, drawn from its seed. */
export function drawBilling(seed: string): BillingWays {
  const draw = <T>(what: string, values: readonly [T, ...T[]]): T => {
    const drawn = createHash("sha256").update(`${seed}\nbilling ${what}`).digest().readUInt32BE();
    return values[drawn % values.length] ?? values[0];
  };
  return {
    per: draw("per", billingChoices.per),
    rounding: draw("rounding", billingChoices.rounding),
    changes: draw("changes", billingChoices.changes),
    credits: draw("credits", billingChoices.credits),
    tax: plainBilling.tax,
  };
}

/** The quotient of two whole numbers, rounded; the sign does not change how. */
export function roundQuotient(
  dividend: number,
  divisor: number,
  rounding: BillingWays["rounding"],
): number {
  const positive = Math.abs(dividend);
  const down = Math.floor(positive / divisor);
  const rest = positive - down * divisor;
  const isTie = rest * 2 === divisor;
  const up = rest * 2 > divisor || (isTie && (rounding === "half-up" || down % 2 === 1));
  return Math.sign(dividend) * (rounding !== "down" && up ? down + 1 : down);
}
