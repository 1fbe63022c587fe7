/** A line of a licence-based invoice. Amounts are cents; a unit price may have fractions. */
export interface InvoiceLine {
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
export interface Invoice {
  readonly id: string;
  readonly date: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly total: number;
  readonly lines: readonly InvoiceLine[];
  /** Lines of new commerce, as they are sent. 21Vianet's own billing makes none. */
  readonly oneTime?: readonly Readonly<Record<string, unknown>>[];
  /** Otherwise an invoice. */
  readonly documentType?: string;
  readonly amendsOf?: string;
}
