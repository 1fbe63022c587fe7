import { balanceOf } from "../../account/billing/balance.ts";
import type { BilledInvoice } from "../../account/billing/records.ts";
import { refuse } from "../../account/refusal.ts";
import { type Answer, type Exchange, ok, type Route } from "../pipeline/route.ts";
import { balanceBody, invoiceBody, lineBody } from "./invoice-bodies.ts";
import { collection, link } from "./links.ts";

const mostLines = 2000;
const invoice = "/v1/invoices/:invoice";

/** Invoices, their lines, and the balance. Read only. */
export const invoiceRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/invoices", handle: list },
  { method: "GET", path: "/v1/invoices/summary", handle: (exchange) => ok(summary(exchange)) },
  {
    method: "GET",
    path: "/v1/invoices/summaries",
    userOnly: true,
    handle: (exchange) => ok(collection([summary(exchange)])),
  },
  {
    method: "GET",
    path: invoice,
    userOnly: true,
    handle: (exchange) => ok(invoiceBody(exchange, find(exchange), true)),
  },
  {
    method: "GET",
    path: `${invoice}/lineitems`,
    handle: (exchange) =>
      lines(exchange, exchange.query.provider, exchange.query.invoicelineitemtype),
  },
  {
    // The older path, which links still name.
    method: "GET",
    path: `${invoice}/lineitems/:provider/:type`,
    handle: (exchange) =>
      lines(exchange, exchange.parameter("provider"), exchange.parameter("type")),
  },
  {
    method: "GET",
    path: `${invoice}/documents/statement`,
    userOnly: true,
    handle: (exchange) => statement(find(exchange)),
  },
];

function all(exchange: Exchange): readonly BilledInvoice[] {
  const found = exchange.read((transaction) => [...transaction.all("invoices")]);
  return found.sort((one, other) => (one.date < other.date ? -1 : 1));
}

function find(exchange: Exchange): BilledInvoice {
  const id = exchange.parameter("invoice");
  return (
    exchange.read((transaction) => transaction.get("invoices", id)) ??
    refuse(404, 1000, `Invoice ${id} not found`)
  );
}

function list(exchange: Exchange): Answer {
  const invoices = all(exchange);
  const { size, offset } = pageOf(exchange, invoices.length);
  const shown = invoices.slice(offset, offset + size);
  const self = link(exchange, `/invoices?size=${size}&offset=${offset}`);
  return ok(
    collection(
      shown.map((one) => invoiceBody(exchange, one, false)),
      { self },
    ),
  );
}

function summary(exchange: Exchange): object {
  const balance = balanceBody(balanceOf(all(exchange), exchange.now));
  return {
    ...balance,
    details: [{ invoiceType: "Recurring", summary: balance }],
    links: { self: link(exchange, "/invoices/summary") },
  };
}

function lines(exchange: Exchange, provider?: string, type?: string): Answer {
  const found = find(exchange);
  if (type?.toLowerCase().replaceAll("_", "") !== "billinglineitems")
    refuse(400, 800002, "Invalid input: invoicelineitemtype is not supported");
  switch (provider?.toLowerCase().replaceAll("_", "")) {
    case "office":
      return licenceLines(exchange, found);
    case "onetime":
      return oneTimeLines(exchange, found);
    default:
      return refuse(400, 800002, "Invalid input: provider is not supported");
  }
}

function licenceLines(exchange: Exchange, { id, lines }: BilledInvoice): Answer {
  const { size, offset } = pageOf(exchange, mostLines);
  const owners = new Map(
    exchange.read((transaction) => [...transaction.all("customers")]).map((one) => [one.id, one]),
  );
  const items = lines
    .slice(offset, offset + size)
    .map((line) => lineBody(line, owners.get(line.customerId)));
  // The name of the parameter is misspelt as in the documents, where the next offset may be empty.
  const at = (start: string | number) =>
    link(
      exchange,
      `/invoices/${id}/lineitems?provider=Office&nvoicelineitemtype=BillingLineItems&size=${size}&offset=${start}`,
    );
  const hasMore = offset + size < lines.length;
  return ok(collection(items, { self: at(offset), ...(hasMore && { next: at("") }) }));
}

/** Pages by seeking: the token counts the lines that were sent. */
function oneTimeLines(exchange: Exchange, { id, oneTime = [] }: BilledInvoice): Answer {
  const { size } = pageOf(exchange, mostLines);
  const start = seekFrom(exchange);
  const end = start + size;
  const path = `/invoices/${id}/lineitems?provider=OneTime&invoicelineitemtype=BillingLineItems&size=${size}`;
  const self = link(exchange, path);
  const items = oneTime.slice(start, end);
  if (end >= oneTime.length) return ok(collection(items, { self }));
  const token = Buffer.from(String(end)).toString("base64");
  // The documented link begins its query twice.
  const next = link(exchange, `${path}?seekOperation=Next`, [
    { key: "MS-ContinuationToken", value: token },
  ]);
  return ok(collection(items, { self, next }, token));
}

function seekFrom({ query, headers }: Exchange): number {
  if (query.seekOperation?.toLowerCase() !== "next") return 0;
  const token = headers["ms-continuationtoken"];
  const start = typeof token === "string" ? Number(Buffer.from(token, "base64").toString()) : NaN;
  return Number.isInteger(start)
    ? start
    : refuse(400, 800002, "Invalid input: the continuation token is not valid");
}

function pageOf(
  { query }: Exchange,
  most: number,
): { readonly size: number; readonly offset: number } {
  const [size, offset] = [Number(query.size ?? most), Number(query.offset ?? 0)];
  if (!Number.isInteger(size) || size < 0 || size > Math.max(most, mostLines))
    return refuse(400, 800002, `Invalid input: size is a whole number up to ${mostLines}`);
  if (!Number.isInteger(offset) || offset < 0)
    return refuse(400, 800002, "Invalid input: offset is not a whole number");
  return { size: size === 0 ? most : size, offset };
}

/** The smallest document that is a PDF: the emulator prints nothing. */
function statement({ id }: BilledInvoice): Answer {
  const text = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${id}\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
  return { status: 200, text, headers: { "Content-Type": "application/pdf" } };
}
