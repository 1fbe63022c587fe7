import type { Address } from "../address.ts";
import type { Action } from "../plan/action.ts";
import type { Invoice, InvoiceLine } from "./invoice.ts";

/**
 * What was found out about a line. `explained`: the ledger and the prices account for it. `order`:
 * nobody ordered it through this project. `credit`: no line that it gives back is known here.
 * `type`: the charge type is not known.
 */
export type LineStatus =
  | "explained"
  | "price"
  | "quantity"
  | "period"
  | "tax"
  | "order"
  | "credit"
  | "type";

/** The recorded change that accounts for seats: of which run, when, by whom, and who approved. */
export interface OrderRecorded {
  readonly address: Address;
  readonly action: Action;
  readonly run: string;
  readonly at: string;
  readonly actor: string;
  readonly approvedBy: readonly string[];
}

/**
 * A price of a seat for a billing period, and its source: the ledger's record of the order, a price
 * list, or the first line that was seen, which is an assumption.
 */
export interface KnownPrice {
  readonly amount: string;
  readonly currency: string;
  readonly source: "ledger" | "list" | "assumed";
}

/** What a line should have been, as far as it differs. */
export interface ExpectedLine {
  readonly quantity?: number;
  readonly from?: string;
  readonly to?: string;
  readonly unitPrice?: string;
  readonly amount?: string;
  readonly tax?: string;
}

/** A line of an invoice, explained or not. */
export interface LineFinding {
  readonly line: InvoiceLine;
  /** Missing for a file that does not name its invoice. */
  readonly invoice?: string;
  readonly status: LineStatus;
  readonly order?: OrderRecorded;
  readonly price?: KnownPrice;
  readonly expected?: ExpectedLine;
  /** At most a cent: what the amount differs from the expected one. */
  readonly rounding?: string;
}

/** Seats that were ordered and not billed; with a negative quantity, a credit that is missing. */
export interface NotBilled {
  readonly invoice?: string;
  readonly subscriptionId: string;
  readonly order: OrderRecorded;
  readonly from: string;
  readonly to: string;
  readonly quantity: number;
  /** Missing if no price is known. */
  readonly amount?: string;
  readonly currency?: string;
}

/** The sums of one currency. Credits count with their tax, other lines without. */
export interface BilledSums {
  readonly currency: string;
  readonly billed: string;
  readonly explained: string;
  readonly unexplained: string;
  readonly rounding: string;
  readonly discount: string;
  readonly tax: string;
  readonly notBilled: string;
  /** What the invoices' totals are more than their lines; missing if no total is known. */
  readonly beyondLines?: string;
}

/** Invoices compared with what was ordered. */
export interface Reconciliation {
  readonly invoices: readonly Invoice[];
  /** The file that the lines came from. */
  readonly file?: string;
  readonly lines: readonly LineFinding[];
  readonly notBilled: readonly NotBilled[];
  readonly sums: readonly BilledSums[];
  /** Invoices that a void note took back; neither is compared. */
  readonly voided: readonly string[];
}

/** How amounts are rounded to cents. */
export interface Rounding {
  readonly of: "unit" | "line";
  readonly how: "down" | "half-up" | "half-even";
}
