import type { Schema } from "../pipeline/route.ts";
import { count } from "../pipeline/schemas.ts";
import { collection, list, shape, typedResource, word } from "./shape.ts";

const amount: Schema = { type: "number" };
const money = { currencyCode: { const: "CNY" }, currencySymbol: word };
const self = { method: { const: "GET" }, uri: word, headers: { type: "array", maxItems: 0 } };
const links = { links: shape({ self: shape(self) }) };

const invoice = shape(
  {
    ...{ id: word, invoiceDate: word, totalCharges: amount, paidAmount: amount, ...money },
    ...{ billingPeriodStartDate: word, billingPeriodEndDate: word, pdfDownloadLink: word },
    invoiceDetails: list(
      shape({
        invoiceLineItemType: { const: "billing_line_items" },
        billingProvider: { enum: ["office", "one_time"] },
        ...links,
        ...typedResource("InvoiceDetail"),
      }),
    ),
    documentType: { enum: ["invoice", "void_note", "adjustment_note"] },
    invoiceType: { enum: ["Recurring", "OneTime"] },
    ...{ amendsOf: word, ...links, ...typedResource("Invoice") },
  },
  ...["billingPeriodStartDate", "billingPeriodEndDate", "amendsOf"],
);

const balance = {
  ...{ balanceAmount: amount, ...money, accountingDate: word, firstInvoiceCreationDate: word },
  ...{ lastPaymentDate: word, lastPaymentAmount: amount, latestInvoiceDate: word },
  ...typedResource("InvoiceSummary"),
};
const summary = shape({
  ...balance,
  details: list(shape({ invoiceType: word, summary: shape(balance) })),
  ...links,
});

const licenceLine = shape(
  {
    ...{ partnerId: word, customerId: word, customerName: word, mpnId: count },
    ...{ tier2MpnId: { type: "integer", minimum: -1 }, orderId: word, subscriptionId: word },
    ...{ syndicationPartnerSubscriptionNumber: word, offerId: word, durableOfferId: word },
    ...{ offerName: word, domainName: word, billingCycleType: word, subscriptionName: word },
    ...{ subscriptionDescription: word, subscriptionStartDate: word, subscriptionEndDate: word },
    ...{ chargeStartDate: word, chargeEndDate: word, chargeType: word, unitPrice: amount },
    ...{ quantity: { type: "integer" }, amount, totalOtherDiscount: amount, subtotal: amount },
    ...{ tax: amount, totalForCustomer: amount, currency: { const: "CNY" } },
    invoiceLineItemType: { const: "billing_line_items" },
    billingProvider: { const: "office" },
    ...typedResource("LicenseBasedLineItem"),
  },
  ...["customerName", "domainName"],
);
// Lines of new commerce are kept as they are sent: their types vary.
const lines = collection({ anyOf: [licenceLine, { required: ["productId"] }] });

/** The schemas of the successful responses about invoices. */
export const invoiceAnswers: Readonly<Record<string, Schema>> = {
  "GET /v1/invoices": collection(invoice),
  "GET /v1/invoices/:invoice": invoice,
  "GET /v1/invoices/summary": summary,
  "GET /v1/invoices/summaries": collection(summary),
  "GET /v1/invoices/:invoice/lineitems": lines,
  "GET /v1/invoices/:invoice/lineitems/:provider/:type": lines,
};
