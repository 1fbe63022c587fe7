/**
 * An invoice. Days are YYYY-MM-DD, amounts decimal text; a credit is negative. The total includes
 * tax.
 */
export interface Invoice {
  readonly id: string;
  readonly date: string;
  /** The billing period, both days inclusive. Backends may tell it only for a single invoice. */
  readonly period?: { readonly from: string; readonly to: string };
  readonly total: string;
  readonly paid?: string;
  readonly currency: string;
  /** `void` takes back the invoice that it amends, `adjustment` changes it. */
  readonly document: "invoice" | "void" | "adjustment";
  /** The forms of lines that it has. */
  readonly forms: readonly InvoiceForm[];
  /** As the backend names it: Recurring, OneTime. */
  readonly type?: string;
  readonly status?: string;
  /** The invoice that this one amends. */
  readonly amends?: string;
  /** The invoices that amend this one. */
  readonly amendedBy?: readonly string[];
}

/** Licences as 21Vianet bills them, or new commerce. */
export type InvoiceForm = "license" | "one-time";

/**
 * A line of an invoice. Ids of subscriptions and customers are those of the account, in lower case;
 * offer ids in upper case.
 */
export interface InvoiceLine {
  /** The place in the invoice, from 1. */
  readonly number: number;
  readonly form: InvoiceForm;
  readonly customerId?: string;
  readonly customerName?: string;
  readonly subscriptionId?: string;
  /** Only of new commerce: other order ids are those of the billing platform. */
  readonly orderId?: string;
  readonly offerId?: string;
  /** New commerce: product and SKU, as `product:sku`. */
  readonly product?: string;
  readonly name: string;
  readonly chargeType: string;
  /** The first and last day of the charge. */
  readonly from: string;
  readonly to: string;
  /** The price of a unit for the days of the charge, with up to six decimals. */
  readonly unitPrice: string;
  readonly quantity: number;
  /** Before discount and tax. */
  readonly amount: string;
  readonly discount?: string;
  /** After discount, before tax. */
  readonly subtotal: string;
  readonly tax: string;
  readonly total: string;
  readonly currency: string;
  /** The term of the subscription. */
  readonly termStart?: string;
  readonly termEnd?: string;
}

/** What is owed in one currency. */
export interface Balance {
  readonly amount: string;
  readonly currency: string;
  readonly latestInvoice?: string;
  readonly lastPayment?: { readonly date: string; readonly amount: string };
}

/** The invoices of an account, oldest first, and what is owed. */
export interface InvoiceList {
  readonly invoices: readonly Invoice[];
  readonly balances: readonly Balance[];
}

/** An invoice with its lines; of a file that does not name it, the lines alone. */
export interface Bill {
  readonly invoice?: Invoice;
  readonly lines: readonly InvoiceLine[];
}
