import type { Day } from "./day.ts";

/** The prices of one seat in cents: for a month billed monthly, and for a year billed annually. */
export interface SeatPrice {
  readonly perMonth: number;
  readonly perYear: number;
}

/** A price list: the date from which it is in force, and prices by offer id in upper case. */
export interface EmulatedPriceList {
  readonly effective: string;
  readonly prices: Readonly<Record<string, SeatPrice>>;
}

/** What a subscription was from a day on. */
export interface UsageState {
  readonly from: Day;
  readonly offerId: string;
  readonly quantity: number;
  readonly active: boolean;
  readonly billingCycle: string;
}

/** A period that is billed in advance. `quantity`: the seats that were. `price`: of a seat. */
export interface BillingPeriod {
  readonly from: Day;
  readonly to: Day;
  readonly quantity: number;
  /** Cents for the whole period. */
  readonly price: number;
}

/** What billing knows of a subscription. */
export interface Usage {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The first day that is not free. */
  readonly firstBilling: Day;
  /** The state when the last invoice was made; in the beginning, as ordered. */
  readonly state: UsageState;
  /** What changed since, in order. */
  readonly changes: readonly UsageState[];
  readonly period?: BillingPeriod;
  /** The term's price. Missing before the first term, and for offers without a price. */
  readonly termPrice?: SeatPrice;
}

/** A line of a licence-based invoice. Amounts are cents; a unit price may have fractions. */
export interface BilledLine {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly orderId: string;
  readonly offerId: string;
  readonly subscriptionName: string;
  readonly partnerIdOnRecord?: string;
  readonly cycle: string;
  readonly subscriptionStart: string;
  readonly subscriptionEnd: string;
  readonly from: string;
  readonly to: string;
  readonly chargeType: string;
  readonly unitPrice: number;
  readonly quantity: number;
  readonly amount: number;
  readonly tax: number;
}

/** An invoice. Dates are YYYY-MM-DD, the total is in cents and includes tax. */
export interface BilledInvoice {
  readonly id: string;
  readonly date: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly total: number;
  readonly lines: readonly BilledLine[];
  /** Lines of new commerce, as they are sent. 21Vianet's own billing makes none. */
  readonly oneTime?: readonly Readonly<Record<string, unknown>>[];
  /** Otherwise an invoice. */
  readonly documentType?: string;
  readonly amendsOf?: string;
}
