import type { Address } from "../address.ts";
import type { Observed } from "../observed.ts";
import type { Spec } from "../values/json.ts";

/** An object of the account that has a term, with what its manifest declares. */
export interface TermObject {
  readonly observed: Observed;
  readonly address?: Address;
  readonly declared?: Partial<Spec>;
  /** The key of its parent (a customer's domain). */
  readonly parentKey: string;
}

/** Seats and what they cost, as decimal text. Without a price none is known. */
export interface SeatCost {
  readonly quantity: number;
  readonly billingCycle?: string;
  readonly perMonth?: string;
  /** For the whole term. */
  readonly committed?: string;
  readonly currency?: string;
}

/** What is decided about the end of a term: by its manifest, or not. */
export type RenewalDecision = "undecided" | "unmanaged" | "renew" | "cancel" | "extend";

/** A subscription whose term ends. Days are YYYY-MM-DD. */
export interface RenewalRow {
  readonly address?: Address;
  readonly id: string;
  readonly name: string;
  readonly customer: string;
  readonly offer: string;
  readonly offerName?: string;
  readonly status: "active" | "suspended";
  /** The last day of the term, all of which counts. */
  readonly endsOn: string;
  /** Whether the account shows that it renews by itself. */
  readonly renewsItself?: boolean;
  readonly decision: RenewalDecision;
  /** The day on which the decision changes something. */
  readonly actsOn?: string;
  readonly now: SeatCost;
  /** From the new term on; undefined if there is none. */
  readonly then?: SeatCost;
}

/** What is billed in a calendar month (YYYY-MM), in one currency. */
export interface MonthCost {
  readonly month: string;
  readonly currency: string;
  readonly amount: string;
  /** Subscriptions that are billed in it and whose price is not known. `amount` leaves them out. */
  readonly unpriced: number;
}

/** The ends of terms of an account: those until a day, and the money of twelve months. */
export interface Renewals {
  readonly asOf: string;
  readonly until: string;
  /** Undecided ones first, then by day. */
  readonly rows: readonly RenewalRow[];
  readonly months: readonly MonthCost[];
}
