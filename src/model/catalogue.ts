import type { Spec } from "./values/json.ts";

/** The offers of the backend and the current price list, used by checks and impacts. */
export interface Catalogue {
  /** Returns the offer with this id, compared case-insensitively. */
  find(id: string): Spec | undefined;
  /**
   * Returns the price of one unit on the plan's date; undefined if the price list has none for this
   * billing cycle.
   */
  price(id: string, billingCycle: string | undefined): UnitPrice | undefined;
}

/**
 * The price of one unit as decimal text. `committed` is exact, for the full term of `months`
 * months. `perMonth` is its monthly share, rounded to two digits, for display.
 */
export interface UnitPrice {
  readonly perMonth: string;
  readonly committed: string;
  readonly months: number;
  readonly currency: string;
}
