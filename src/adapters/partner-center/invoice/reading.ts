import { AdapterError } from "../../../model/adapter.ts";
import type { Balance, Invoice, InvoiceForm, InvoiceLine } from "../../../model/billing/invoice.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { dayAt, idIn, idOf, omitUndefined, plainAt, textAt } from "../reading.ts";

/** The invoice of a reply. */
export function invoiceIn(body: Json | undefined): Invoice {
  const [from, to] = [dayAt(body, "billingPeriodStartDate"), dayAt(body, "billingPeriodEndDate")];
  const amendments = valueAt(body, "/amendments");
  const amendedBy = Array.isArray(amendments)
    ? amendments.flatMap((one) => textAt(one, "/id") ?? [])
    : [];
  return omitUndefined({
    id: idIn(body),
    date: dayOf(body, "invoiceDate"),
    period: from !== undefined && to !== undefined ? { from, to } : undefined,
    total: amountOf(body, "totalCharges"),
    paid: amountAt(body, "paidAmount"),
    currency: currencyOf(body, "currencyCode"),
    document: documentOf(body),
    forms: formsIn(body),
    type: textAt(body, "/invoiceType"),
    status: textAt(body, "/status"),
    amends: textAt(body, "/amendsOf"),
    amendedBy: amendedBy.length > 0 ? amendedBy : undefined,
  }) as unknown as Invoice;
}

/** Documents call a void note, an adjustment note and a credit note by several names. */
function documentOf(body: Json | undefined): Invoice["document"] {
  const type = textAt(body, "/documentType")?.toLowerCase() ?? "invoice";
  if (type.startsWith("void")) return "void";
  return type.startsWith("adjustment") || type.startsWith("credit") ? "adjustment" : "invoice";
}

function formsIn(body: Json | undefined): readonly InvoiceForm[] {
  const details = valueAt(body, "/invoiceDetails");
  const providers = (Array.isArray(details) ? details : [])
    .filter((one) => /^billing_?line_?items$/i.test(textAt(one, "/invoiceLineItemType") ?? ""))
    .map((one) => textAt(one, "/billingProvider")?.toLowerCase().replaceAll("_", ""));
  return [
    ...(providers.includes("office") ? (["license"] as const) : []),
    ...(providers.includes("onetime") ? (["one-time"] as const) : []),
  ];
}

/** A line of a reply; `number` is its place. Numbers may come as text. */
export function lineIn(body: Spec, number: number, form: InvoiceForm): InvoiceLine {
  const own = form === "license" ? licenceFields(body) : newCommerceFields(body);
  const customerId = textAt(body, "/customerId");
  return omitUndefined({
    number,
    form,
    customerId: customerId === undefined ? undefined : idOf(customerId.replace(/^org:/i, "")),
    customerName: textAt(body, "/customerName"),
    ...own,
    chargeType: textAt(body, "/chargeType") ?? "",
    from: dayOf(body, "chargeStartDate"),
    to: dayOf(body, "chargeEndDate"),
    subtotal: amountOf(body, "subtotal"),
    total: amountOf(body, "totalForCustomer"),
    currency: currencyOf(body, "currency"),
    termStart: dayAt(body, "subscriptionStartDate"),
    termEnd: dayAt(body, "subscriptionEndDate"),
  }) as unknown as InvoiceLine;
}

/** The ids of the billing platform are left out: nothing else has them. */
function licenceFields(body: Spec): Readonly<Record<string, Json | undefined>> {
  const subscription = textAt(body, "/syndicationPartnerSubscriptionNumber");
  const discount = amountAt(body, "totalOtherDiscount");
  return {
    subscriptionId: subscription === undefined ? undefined : idOf(subscription),
    offerId: textAt(body, "/durableOfferId")?.toUpperCase(),
    name: textAt(body, "/offerName") ?? textAt(body, "/subscriptionName") ?? "",
    unitPrice: amountOf(body, "unitPrice"),
    quantity: numberOf(body, "quantity"),
    amount: amountOf(body, "amount"),
    discount: discount === "0.00" ? undefined : discount,
    tax: amountOf(body, "tax"),
  };
}

function newCommerceFields(body: Spec): Readonly<Record<string, Json | undefined>> {
  const [product, sku] = [textAt(body, "/productId"), textAt(body, "/skuId")];
  const subscription = textAt(body, "/subscriptionId");
  const names = [textAt(body, "/productName"), textAt(body, "/skuName")].flatMap(
    (one) => one ?? [],
  );
  return {
    subscriptionId: subscription === undefined ? undefined : idOf(subscription),
    orderId: textAt(body, "/alternateId") ?? textAt(body, "/orderId"),
    product: product === undefined ? undefined : `${product}:${sku ?? ""}`,
    name: [...new Set(names)].join(", "),
    unitPrice: amountAt(body, "effectiveUnitPrice") ?? amountOf(body, "unitPrice"),
    quantity:
      plainAt(body, "billableQuantity") === undefined
        ? numberOf(body, "quantity")
        : numberOf(body, "billableQuantity"),
    amount: amountOf(body, "subtotal"),
    tax: amountOf(body, "taxTotal"),
  };
}

/** A balance. The year 1 means that there is no date. */
export function balanceIn(body: Json | undefined): Balance {
  const date = dayAt(body, "lastPaymentDate");
  const payment = date === undefined ? undefined : amountAt(body, "lastPaymentAmount");
  return omitUndefined({
    amount: amountOf(body, "balanceAmount"),
    currency: currencyOf(body, "currencyCode"),
    latestInvoice: dayAt(body, "latestInvoiceDate"),
    lastPayment:
      date === undefined || payment === undefined ? undefined : { date, amount: payment },
  }) as unknown as Balance;
}

function dayOf(body: Json | undefined, field: string): string {
  return dayAt(body, field) ?? missing(field);
}

function currencyOf(body: Json | undefined, field: string): string {
  return textAt(body, `/${field}`)?.toUpperCase() ?? missing(field);
}

function numberOf(body: Json | undefined, field: string): number {
  const value = Number(plainAt(body, field) ?? Number.NaN);
  return Number.isFinite(value) ? value : missing(field);
}

function amountOf(body: Json | undefined, field: string): string {
  return amountAt(body, field) ?? missing(field);
}

/** An amount as decimal text with two to six decimals, from a number or a text. */
function amountAt(body: Json | undefined, field: string): string | undefined {
  const value = plainAt(body, field);
  if (value === undefined || value === "") return undefined;
  const number = Number(value);
  if (typeof value === "boolean" || !Number.isFinite(number)) return missing(field);
  return number.toFixed(6).replace(/(\.\d{2}\d*?)0+$/, "$1");
}

function missing(field: string): never {
  throw new AdapterError(
    "unavailable",
    say`The reply of the service holds an invoice or a line of it without ${field}.`,
  );
}
