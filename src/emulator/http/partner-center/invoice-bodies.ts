import { createHash } from "node:crypto";
import { findOffer } from "../../account/commerce/catalogue.ts";
import { type AccountBalance, paidOn } from "../../account/billing/balance.ts";
import type { BilledInvoice, BilledLine } from "../../account/billing/records.ts";
import { tenant } from "../../account/seed.ts";
import type { Customer } from "../../account/state.ts";
import { identifier } from "../../account/identifier.ts";
import { link } from "./links.ts";
import type { Exchange } from "../pipeline/route.ts";

const money = { currencyCode: "CNY", currencySymbol: "¥" };
/** How the service writes that there is no date. */
const never = "0001-01-01T00:00:00";

/** The invoice as a list or, with its period, a read by id returns it. */
export function invoiceBody(
  exchange: Exchange,
  invoice: BilledInvoice,
  withPeriod: boolean,
): object {
  const { id, date, periodStart, periodEnd, total, oneTime, amendsOf } = invoice;
  const types = [
    ...(oneTime === undefined || invoice.lines.length > 0 ? ["office"] : []),
    ...(oneTime === undefined ? [] : ["one_time"]),
  ];
  const prefix = oneTime === undefined ? "Recurring" : "OneTime";
  return {
    id,
    invoiceDate: midnight(date),
    ...(withPeriod && {
      billingPeriodStartDate: midnight(periodStart),
      billingPeriodEndDate: midnight(periodEnd),
    }),
    totalCharges: units(total),
    paidAmount: units(paidOn(invoice, exchange.now)),
    ...money,
    pdfDownloadLink: `/invoices/${id}/documents/statement`,
    invoiceDetails: types.map((provider) => ({
      invoiceLineItemType: "billing_line_items",
      billingProvider: provider,
      // The id in a link has a prefix, so that the link does not lead to the invoice.
      links: {
        self: link(
          exchange,
          `/invoices/${prefix}-${id}/lineitems/${spelt(provider)}/BillingLineItems`,
        ),
      },
      attributes: { objectType: "InvoiceDetail" },
    })),
    documentType: invoice.documentType ?? "invoice",
    invoiceType: prefix,
    ...(amendsOf !== undefined && { amendsOf }),
    links: { self: link(exchange, `/invoices/${prefix}-${id}`) },
    attributes: { objectType: "Invoice" },
  };
}

function spelt(provider: string): string {
  return provider === "office" ? "Office" : "OneTime";
}

/** A balance as a summary shows it, without the summaries of its kinds of invoices. */
export function balanceBody({ balance, first, latest, lastPayment }: AccountBalance): object {
  return {
    balanceAmount: units(balance),
    ...money,
    accountingDate: latest === undefined ? never : midnight(latest),
    firstInvoiceCreationDate: first === undefined ? never : midnight(first),
    lastPaymentDate: lastPayment === undefined ? never : midnight(lastPayment.date),
    lastPaymentAmount: units(lastPayment?.amount ?? 0),
    latestInvoiceDate: latest === undefined ? never : midnight(latest),
    attributes: { objectType: "InvoiceSummary" },
  };
}

/** A line as `provider=office` returns it. Names and ids are in upper case, as in samples. */
export function lineBody(line: BilledLine, owner: Customer | undefined): object {
  const { offerId, amount, tax, customerId, subscriptionId } = line;
  const offerName = (findOffer(offerId)?.name ?? "").toUpperCase();
  return {
    partnerId: tenant.id,
    customerId: customerId.toUpperCase(),
    customerName: owner?.companyName.toUpperCase(),
    mpnId: Number(tenant.mpnId),
    tier2MpnId: Number(line.partnerIdOnRecord ?? -1),
    orderId: digits(line.orderId),
    subscriptionId: opaque(subscriptionId),
    syndicationPartnerSubscriptionNumber: subscriptionId.toUpperCase(),
    // The billing platform's own id of the offer: it matches nothing in a price list.
    offerId: identifier("billing platform", offerId).toUpperCase(),
    durableOfferId: offerId,
    offerName,
    domainName: owner?.domain,
    billingCycleType: line.cycle.toUpperCase(),
    subscriptionName: line.subscriptionName,
    subscriptionDescription: offerName,
    subscriptionStartDate: unzoned(line.subscriptionStart),
    subscriptionEndDate: unzoned(line.subscriptionEnd),
    chargeStartDate: unzoned(line.from),
    chargeEndDate: unzoned(line.to),
    chargeType: line.chargeType,
    unitPrice: Number((line.unitPrice / 100).toFixed(6)),
    quantity: line.quantity,
    amount: units(amount),
    totalOtherDiscount: 0,
    subtotal: units(amount),
    tax: units(tax),
    totalForCustomer: units(amount + tax),
    currency: "CNY",
    invoiceLineItemType: "billing_line_items",
    billingProvider: "office",
    attributes: { objectType: "LicenseBasedLineItem" },
  };
}

function units(cents: number): number {
  return cents / 100;
}

function midnight(date: string): string {
  return `${date}T00:00:00Z`;
}

function unzoned(date: string): string {
  return `${date}T00:00:00`;
}

/** Ids of the billing platform are not those of Partner Center. */
function digits(id: string): string {
  return (BigInt(`0x${hash(id).slice(0, 14)}`) + 500_000_000_000_000_000n).toString();
}

function opaque(id: string): string {
  return `${Buffer.from(hash(id), "hex").toString("base64url").slice(0, 12)}AIA`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
