import type { InvoiceReader } from "../../model/adapter.ts";
import type { Invoice, InvoiceForm, InvoiceLine } from "../../model/billing/invoice.ts";
import type { Json, Spec } from "../../model/values/json.ts";
import { valueAt } from "../../model/values/pointer.ts";
import { acceptReply, type Call, type Wire } from "./http/client.ts";
import { collection, pagesOf } from "./http/paging.ts";
import { balanceIn, invoiceIn, lineIn } from "./invoice/reading.ts";
import type { Service } from "./kind-adapter.ts";
import { pathSegment, textAt } from "./reading.ts";

const listSize = 200;
const linesSize = 2000;

/**
 * Invoices, their lines and balances (invoices.md). Any token lists invoices and reads lines. A
 * signed-in user reads the balance of each currency, an application the account's.
 */
export function invoices(service: Service): InvoiceReader {
  return {
    list: (signal) => mapped(listed(service.wire, signal), invoiceIn),
    lines: (invoice, signal) => linesOf(service.wire, invoice, signal),
    balances: (signal) => mapped(balances(service, signal), balanceIn),
  };
}

async function* mapped<T, R>(items: AsyncIterable<T>, map: (item: T) => R): AsyncGenerator<R> {
  for await (const item of items) yield map(item);
}

async function* balances({ wire, options }: Service, signal: AbortSignal): AsyncGenerator<Json> {
  if (options.signIns.includes("user")) {
    yield* collection(wire, { path: "/v1/invoices/summaries", as: "user", signal });
    return;
  }
  const call: Call = { method: "GET", path: "/v1/invoices/summary", signal };
  const body = acceptReply(call, await wire.api(call));
  if (body !== undefined) yield body;
}

/** All invoices: a page may be the whole list, whatever size and offset say. */
async function* listed(wire: Wire, signal: AbortSignal): AsyncGenerator<Spec> {
  const path = "/v1/invoices";
  const ids = new Set<string>();
  for await (const items of offsetPages(wire, { path, size: listSize, signal }))
    for (const body of items) {
      const { id } = invoiceIn(body);
      if (!ids.has(id)) yield body;
      ids.add(id);
    }
}

async function* linesOf(
  wire: Wire,
  { id, forms }: Invoice,
  signal: AbortSignal,
): AsyncGenerator<InvoiceLine> {
  let number = 0;
  for (const form of forms)
    for await (const body of bodies(wire, { id, form, signal })) {
      number += 1;
      yield lineIn(body, number, form);
    }
}

interface LineSet {
  readonly id: string;
  readonly form: InvoiceForm;
  readonly signal: AbortSignal;
}

async function* bodies(wire: Wire, { id, form, signal }: LineSet): AsyncGenerator<Spec> {
  const path = `/v1/invoices/${pathSegment(id)}/lineitems?invoicelineitemtype=billinglineitems`;
  const pages =
    form === "license"
      ? offsetPages(wire, { path: `${path}&provider=office`, size: linesSize, signal })
      : soughtPages(wire, { path: `${path}&provider=onetime&size=${linesSize}`, signal });
  for await (const items of pages) yield* items;
}

interface Offsets extends Pick<Call, "path" | "signal"> {
  readonly size: number;
}

/**
 * Pages by offset. Links are not followed: those of the service are misspelt. A page with fewer
 * items than the size is the last one, and one like that before means that offsets are ignored.
 */
async function* offsetPages(
  wire: Wire,
  { path, size, ...call }: Offsets,
): AsyncGenerator<readonly Spec[]> {
  let [offset, before] = [0, ""];
  const at = () => `${path}${path.includes("?") ? "&" : "?"}size=${size}&offset=${offset}`;
  const pages = pagesOf(
    { ...call, path: at() },
    {
      ask: (one) => wire.api(one),
      items: "/items",
      next: (body) => {
        const items = itemsIn(body);
        offset += size;
        return items.length < size ? undefined : { ...call, path: at() };
      },
    },
  );
  for await (const { items } of pages) {
    const now = JSON.stringify(items);
    if (items.length === 0 || now === before) return;
    before = now;
    yield items;
  }
}

/** Pages by a continuation token. Links are not followed: the documented one is no URL. */
async function* soughtPages(
  wire: Wire,
  { path, signal }: Pick<Call, "path" | "signal">,
): AsyncGenerator<readonly Spec[]> {
  const pages = pagesOf(
    { path, signal },
    {
      ask: (one) => wire.api(one),
      items: "/items",
      next: (body) => {
        const token = textAt(body, "/continuationToken");
        if (token === undefined) return undefined;
        const headers = { "MS-ContinuationToken": token };
        return { path: `${path}&seekOperation=Next`, headers, signal };
      },
    },
  );
  for await (const { items } of pages) yield items;
}

function itemsIn(body: Json | undefined): readonly Json[] {
  const items = valueAt(body, "/items");
  return Array.isArray(items) ? items : [];
}
