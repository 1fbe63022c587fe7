import type { Invoice, InvoiceLine } from "../../model/billing/invoice.ts";
import type { Reconciliation } from "../../model/billing/reconciliation.ts";
import type { Cells } from "./table.ts";

/** The columns of a list of invoices. */
export const invoiceColumns = [
  ...["id", "date", "from", "to", "document", "type", "total", "paid", "currency", "amends"],
];

/** An invoice as a row. */
export function invoiceRow({ period, amendedBy, forms, ...invoice }: Invoice): Cells {
  return { ...invoice, ...period };
}

/** The columns of an invoice's lines. */
export const lineColumns = [
  ...["number", "customerName", "customerId", "subscriptionId", "offerId", "product", "name"],
  ...["chargeType", "from", "to", "unitPrice", "quantity", "amount", "discount", "subtotal"],
  ...["tax", "total", "currency"],
];

/** A line as a row. */
export function lineRow(line: InvoiceLine): Cells {
  return { ...line };
}

/** The columns of a reconciliation. */
export const findingColumns = [
  ...["status", "invoice", ...lineColumns, "address", "action", "run", "orderedAt", "actor"],
  ...["approvedBy", "price", "priceFrom", "rounding", "expectedQuantity", "expectedFrom"],
  ...["expectedTo", "expectedUnitPrice", "expectedAmount", "expectedTax"],
];

/** The lines with what was found out about them, then what was not billed. */
export function findingRows({ lines, notBilled }: Reconciliation): readonly Cells[] {
  return [
    ...lines.map(({ line, status, invoice, order, price, expected, rounding }) => ({
      ...{ ...lineRow(line), status, invoice, rounding, ...orderCells(order) },
      ...{ price: price?.amount, priceFrom: price?.source },
      ...{ expectedQuantity: expected?.quantity, expectedFrom: expected?.from },
      ...{ expectedTo: expected?.to, expectedUnitPrice: expected?.unitPrice },
      ...{ expectedAmount: expected?.amount, expectedTax: expected?.tax },
    })),
    ...notBilled.map(({ order, ...one }) => ({
      ...{ ...one, status: "not-billed", ...orderCells(order) },
    })),
  ];
}

function orderCells(order: Reconciliation["lines"][number]["order"]): Cells {
  const { address, action, run, at, actor, approvedBy } = order ?? {};
  return { address, action, run, orderedAt: at, actor, approvedBy: approvedBy?.join("; ") };
}
