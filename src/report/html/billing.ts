import type { InvoiceLine } from "../../model/billing/invoice.ts";
import type { DocumentOf } from "../document.ts";
import { type Language, languageOf } from "../language/language.ts";
import { renderJson } from "../machine/json.ts";
import type { Style } from "../report.ts";
import { clean } from "../sanitize.ts";
import { billedWords, orderWords, statusWords, sumWords } from "../text/billing/wording.ts";
import { money, number } from "../wording/format.ts";
import { facts } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { type PageSection, page, printCommand } from "./page/page.ts";

type BillingDocument = DocumentOf<"invoices" | "invoice" | "reconciliation">;

/** Invoices, one with its lines, or a reconciliation, as a page of tables. */
export function htmlBilling(given: BillingDocument, style: Style): string {
  const document = clean(given);
  const language = languageOf(style);
  const { title, lead, parts } = contentOf(document, language);
  const command = printCommand(commands[document.kind], style);
  const embedded = { json: renderJson(given, style), command, file: `${document.kind}.json` };
  return page({ sort: language.say`Invoices`, title, lead, parts, embedded }, language);
}

const commands = {
  invoices: "partnerctl invoices",
  invoice: "partnerctl invoices ID",
  reconciliation: "partnerctl reconcile",
} as const;

interface Content {
  readonly title: string;
  readonly lead: Markup;
  readonly parts: readonly PageSection[];
}

function contentOf(document: BillingDocument, language: Language): Content {
  switch (document.kind) {
    case "invoices": {
      const { invoices, balances } = document.invoices;
      const owed = balances.map(({ amount, currency }) => money(amount, currency)).join(", ");
      const rows = invoices.map(({ id, date, total, currency }) => [
        id,
        date,
        money(total, currency),
      ]);
      const lead = facts(owed === "" ? [] : [[language.say`Owed`, owed]]);
      return {
        title: language.say`All invoices`,
        lead,
        parts: [tablePart(language.say`Invoices`, rows)],
      };
    }
    case "invoice": {
      const { invoice, lines } = document.bill;
      const rows = lines.map((line) => cellsOf(line));
      return {
        title: invoice?.id ?? "",
        lead: nothing,
        parts: [tablePart(language.say`Lines`, rows)],
      };
    }
    case "reconciliation":
      return reconciled(document, language);
  }
}

function reconciled({ reconciliation }: DocumentOf<"reconciliation">, language: Language): Content {
  const { lines, notBilled, sums, invoices, file } = reconciliation;
  const row = ({ line, status, order }: (typeof lines)[number]) => [
    language.told(statusWords[status]),
    ...cellsOf(line),
    order ? orderWords(order, language) : "",
  ];
  const open = lines.filter(({ status }) => status !== "explained");
  const missing = notBilled.map((one) => [
    billedWords(one, language),
    orderWords(one.order, language),
  ]);
  const title = file ?? invoices.map(({ id }) => id).join(", ");
  return {
    title,
    lead: facts(sums.flatMap((one) => [...sumWords(one, language)])),
    parts: [
      tablePart(language.say`Not explained`, open.map(row)),
      tablePart(language.say`Ordered and not billed`, missing),
      tablePart(language.say`Explained`, lines.filter((one) => !open.includes(one)).map(row)),
    ],
  };
}

function cellsOf({ customerName, name, chargeType, from, to, quantity, ...line }: InvoiceLine) {
  const cost = `${quantity} × ${line.unitPrice} = ${money(line.amount, line.currency)}`;
  return [customerName ?? "", name, chargeType, `${from} – ${to}`, cost];
}

function tablePart(title: string, rows: readonly (readonly string[])[]): PageSection {
  const content =
    rows.length === 0
      ? nothing
      : html`<div class="wide"><table><tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
  return {
    id: title.toLowerCase().replaceAll(/\s+/g, "-"),
    title,
    count: number(rows.length),
    content,
  };
}
