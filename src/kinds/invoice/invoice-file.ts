import type { Bill, InvoiceLine } from "../../model/billing/invoice.ts";
import { type Checked, type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { type CsvRow, type Delimiter, rows } from "../prices/csv.ts";
import { dayIn } from "../prices/price-cell.ts";
import { decimalText, millionths } from "./amounts.ts";

/** What a column of a reconciliation file holds, by its name in lower case without separators. */
type Cells = Readonly<Record<string, string | undefined>>;

/** Columns that a file must have to be one of licences, or of new commerce. */
const licence = ["syndicationpartnersubscriptionnumber", "durableofferid", "chargetype", "amount"];
const oneTime = [
  "subscriptionid",
  "productid",
  "skuid",
  "chargetype",
  "subtotal",
  "billablequantity",
];
const delimiters: readonly Delimiter[] = [",", ";", "\t"];
/** Currency signs in the portal's files. */
const signs: Readonly<Record<string, string>> = {
  "¥": "CNY",
  "￥": "CNY",
  $: "USD",
  "€": "EUR",
  "£": "GBP",
};

/**
 * Reads a reconciliation file as downloaded: 21Vianet's and the worldwide one of licences, in each
 * spelling of their columns, and that of new commerce. Each bad row is an error with its line.
 */
export function parseInvoiceFile(text: string, file: string): Checked<Bill> {
  for (const delimiter of delimiters) {
    const [head, ...body] = rows(text, delimiter).rows;
    const names = head?.cells.map(plain) ?? [];
    const form = licence.every((one) => names.includes(one))
      ? "license"
      : oneTime.every((one) => names.includes(one)) && "one-time";
    if (form) return linesOf(body, { names, form, file });
  }
  return {
    ok: false,
    diagnostics: [
      problem(file, 1, say`The first row does not have the columns of a reconciliation file.`),
    ],
  };
}

interface Reading {
  readonly names: readonly string[];
  readonly form: InvoiceLine["form"];
  readonly file: string;
}

function linesOf(body: readonly CsvRow[], { names, form, file }: Reading): Checked<Bill> {
  const problems: Diagnostic[] = [];
  const lines = body.flatMap(({ cells, line }, index) => {
    const row = Object.fromEntries(names.map((name, at) => [name, cells[at]?.trim()]));
    const read = lineOf(row, index + 1, form);
    if (typeof read !== "string") return [read];
    problems.push(problem(file, line, say`The row has no ${read} that can be read.`));
    return [];
  });
  return problems.length > 0
    ? { ok: false, diagnostics: problems.slice(0, 100) }
    : { ok: true, value: { lines }, diagnostics: [] };
}

/** The line of a row, or the column that cannot be read. */
function lineOf(row: Cells, number: number, form: InvoiceLine["form"]): InvoiceLine | string {
  const isLicence = form === "license";
  const amounts = {
    unitPrice: amountIn(isLicence ? row.unitprice : (row.effectiveunitprice ?? row.unitprice)),
    amount: amountIn(isLicence ? row.amount : row.subtotal),
    subtotal: amountIn(row.subtotal),
    tax: amountIn(isLicence ? row.tax : row.taxtotal),
    total: amountIn(isLicence ? row.totalforcustomer : (row.total ?? row.totalforcustomer)),
  };
  const days = { from: dayIn(row.chargestartdate ?? ""), to: dayIn(row.chargeenddate ?? "") };
  const quantity = Number(
    (isLicence ? row.quantity : row.billablequantity)?.replaceAll(",", "") || Number.NaN,
  );
  const missing = Object.entries({ ...amounts, ...days }).find(([, value]) => value === undefined);
  if (missing) return missing[0];
  if (!Number.isFinite(quantity)) return "quantity";
  const subscription = isLicence ? row.syndicationpartnersubscriptionnumber : row.subscriptionid;
  const discount = amountIn(row.totalotherdiscount);
  const currency = row.currency ?? "";
  return {
    ...{ number, form, quantity, chargeType: row.chargetype ?? "" },
    ...(amounts as Record<keyof typeof amounts, string>),
    ...(days as Record<keyof typeof days, string>),
    ...(row.customerid && { customerId: row.customerid.replace(/^org:/i, "").toLowerCase() }),
    ...(row.customername && { customerName: row.customername }),
    ...(subscription && { subscriptionId: subscription.replace(/[{}]/g, "").toLowerCase() }),
    ...(isLicence && row.durableofferid && { offerId: row.durableofferid.toUpperCase() }),
    ...(!isLicence && { product: `${row.productid}:${row.skuid}` }),
    name: (isLicence ? row.offername : row.productname) ?? "",
    ...(discount !== undefined && discount !== "0.00" && { discount }),
    currency: signs[currency] ?? currency.toUpperCase(),
  };
}

/** An amount with or without a currency sign and separators of thousands; in brackets, negative. */
function amountIn(cell: string | undefined): string | undefined {
  const text = (cell ?? "").normalize("NFKC").replaceAll(/[\s,¥$€£]|[A-Z]{3}/g, "");
  const bare = text.replace(/^\((.*)\)$/, "-$1");
  return /^-?\d*\.?\d+$/.test(bare) ? decimalText(millionths(bare)) : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}

function problem(file: string, line: number, message: Wording): Diagnostic {
  const at = { file, line, column: 1, endLine: line, endColumn: 1, excerpt: "" };
  const hint = say`Download the reconciliation file of the invoice, and save it as CSV.`;
  return diagnostic({ severity: "error", code: "invoice/file", message, hint, at });
}
