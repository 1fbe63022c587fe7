import type { Spec } from "./values/json.ts";

/**
 * What rules and prices look into: the backend's read-only objects of one kind (offers) and the
 * price list in force.
 */
export interface Catalogue {
  /** The entry with this id, whatever its letters' case. */
  find(id: string): Spec | undefined;
  /** The ids of all entries. */
  readonly ids: readonly string[];
  /**
   * Price of one unit on the plan's date; undefined where the list has none for this way of
   * billing.
   */
  price(id: string, billingCycle: string | undefined): UnitPrice | undefined;
}

/**
 * What one unit costs: `committed` is exact, for the whole term of so many months; `perMonth` is
 * its share of a month, rounded to two digits, for showing.
 */
export interface UnitPrice {
  readonly perMonth: string;
  readonly committed: string;
  readonly months: number;
  readonly currency: string;
}
