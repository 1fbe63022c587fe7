import type { Bill, Invoice, InvoiceLine, InvoiceList } from "../../../model/billing/invoice.ts";
import { clean } from "../../sanitize.ts";
import { type Language, languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { count, money } from "../../wording/format.ts";
import { page } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";

/** The invoices, a line each, and what is owed. */
export function textInvoices(given: InvoiceList, style: Style): string {
  const { invoices, balances } = clean(given);
  const language = languageOf(style);
  return page([
    invoices.map((one) => invoiceTitle(one, style)),
    balances.map(({ amount, currency }) => language.say`Owed: ${money(amount, currency)}.`),
    [language.say`${count(invoices.length, "invoice", language)}.`],
  ]);
}

/** One invoice with its lines, two lines of text each. */
export function textInvoice(given: Bill, style: Style): string {
  const { invoice, lines } = clean(given);
  const language = languageOf(style);
  return page([
    invoice ? [invoiceTitle(invoice, style)] : [],
    lines.flatMap((line) => lineText(line, style)),
    [language.say`${count(lines.length, "line", language)}.`],
  ]);
}

function invoiceTitle(invoice: Invoice, style: Style): string {
  const language = languageOf(style);
  const { id, date, total, currency, document, amends } = invoice;
  const note = document === "invoice" ? "" : ` · ${noteWords(document, amends ?? "", language)}`;
  return `${paint("strong", id, style)}  ${date}  ${money(total, currency)} · ${paidWords(invoice, language)}${note}`;
}

function noteWords(document: Invoice["document"], amends: string, language: Language): string {
  return document === "void" ? language.say`takes back ${amends}` : language.say`adjusts ${amends}`;
}

function paidWords({ total, paid = "0" }: Invoice, language: Language): string {
  return Math.abs(Number(paid)) >= Math.abs(Number(total))
    ? language.say`paid`
    : language.say`not paid`;
}

/** A line: what it charges, then for which days, how many, and what it costs. */
export function lineText(line: InvoiceLine, style: Style): readonly string[] {
  const { name, customerName = "", chargeType, from, to, quantity, unitPrice } = line;
  const who = customerName === "" ? "" : ` · ${customerName}`;
  const cost = `${quantity} × ${unitPrice} = ${money(line.amount, line.currency)}`;
  return [
    `  ${paint("strong", name, style)}${who}`,
    `      ${paint("dim", `${chargeType} · ${from} – ${to} ·`, style)} ${cost}`,
  ];
}
