import type { InvoiceReader } from "../model/adapter.ts";
import type { Bill, Invoice, InvoiceList } from "../model/billing/invoice.ts";
import { type Checked, compare, type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import type { RunRecord } from "../model/ledger/history.ts";
import type { LedgerReader } from "../model/ledger/ledger.ts";
import { runs } from "../model/ledger/ledger-state.ts";
import { say } from "../model/text/phrase.ts";
import { didYouMean } from "../model/text/similar.ts";
import { backendTrouble } from "./project/backend-diagnostic.ts";
import type { View } from "./project/project.ts";

/** Which invoices are meant: one, those dated in a month (YYYY-MM), or the latest. */
export interface WantedInvoices {
  readonly id?: string;
  readonly month?: string;
}

/** All invoices, oldest first, and what is owed. */
export function readInvoices(view: View): Promise<Checked<InvoiceList>> {
  return reading(view, async (reader) => {
    const invoices = await sorted(reader, view.signal);
    const balances = await collect(reader.balances(view.signal));
    return { ok: true, value: { invoices, balances }, diagnostics: [] };
  });
}

/** The wanted invoices with their lines, oldest first. Notes that amend them come along. */
export function readBills(view: View, wanted: WantedInvoices): Promise<Checked<readonly Bill[]>> {
  return reading<readonly Bill[]>(view, async (reader) => {
    const all = await sorted(reader, view.signal);
    const meant = select(all, wanted);
    if (meant.length === 0) return { ok: false, diagnostics: [noInvoice(all, wanted)] };
    const bills: Bill[] = [];
    for (const invoice of meant)
      bills.push({ invoice, lines: await collect(reader.lines(invoice, view.signal)) });
    return { ok: true, value: bills, diagnostics: [] };
  });
}

/** All runs of a ledger, oldest first. */
export async function readRuns(
  ledger: Pick<LedgerReader, "entries">,
): Promise<readonly RunRecord[]> {
  return runs(await collect(ledger.entries()));
}

function select(all: readonly Invoice[], { id, month }: WantedInvoices): readonly Invoice[] {
  const latest = all.findLast(({ document }) => document === "invoice");
  const own = all.filter((one) =>
    id !== undefined
      ? one.id === id
      : month !== undefined
        ? one.date.startsWith(month)
        : one === latest,
  );
  const notes = all.filter(({ amends }) => own.some((one) => one.id === amends));
  return [...new Set([...own, ...notes])];
}

async function reading<T>(
  view: View,
  work: (reader: InvoiceReader) => Promise<Checked<T>>,
): Promise<Checked<T>> {
  const { invoices } = view.reader;
  if (invoices === undefined) return { ok: false, diagnostics: [noReader(view.reader.name)] };
  try {
    return await work(invoices);
  } catch (error) {
    return { ok: false, diagnostics: [backendTrouble(error, say`The invoices could not be read`)] };
  }
}

async function sorted(reader: InvoiceReader, signal: AbortSignal): Promise<readonly Invoice[]> {
  const all = await collect(reader.list(signal));
  return all.toSorted((one, other) => compare(one.date, other.date) || compare(one.id, other.id));
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function noReader(adapter: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "invoice/unavailable",
    message: say`The backend ${adapter} has no invoices here.`,
    hint: say`Give the reconciliation file as downloaded: partnerctl reconcile --file FILE.`,
  });
}

function noInvoice(all: readonly Invoice[], { id, month }: WantedInvoices): Diagnostic {
  const asked = id ?? month;
  const names = all.map((one) => (id === undefined ? one.date.slice(0, 7) : one.id));
  return diagnostic({
    severity: "error",
    code: "invoice/unknown",
    message:
      asked === undefined
        ? say`The account has no invoice yet.`
        : say`The account has no invoice ${asked}.`,
    hint: didYouMean(
      asked ?? "",
      names,
      say`It has ${all.length}: partnerctl invoices lists them.`,
    ),
  });
}
