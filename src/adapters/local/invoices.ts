import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AdapterError, type InvoiceReader } from "../../model/adapter.ts";
import type { Bill, Invoice } from "../../model/billing/invoice.ts";
import { say } from "../../model/text/phrase.ts";
import { amount, hundredths } from "../../model/values/money.ts";

type Named = Bill & { readonly invoice: Invoice };

/**
 * The invoices of a folder: a file each, as `partnerctl invoices ID --format json` prints one.
 * Throws AdapterError `unavailable` for a file that is none.
 */
export function invoicesIn(folder: string): InvoiceReader {
  return {
    async *list(signal) {
      for (const { invoice } of await bills(folder, signal)) yield invoice;
    },
    async *lines({ id }, signal) {
      for (const { invoice, lines } of await bills(folder, signal))
        if (invoice.id === id) yield* lines;
    },
    async *balances(signal) {
      const all = (await bills(folder, signal)).map(({ invoice }) => invoice);
      for (const currency of new Set(all.map((one) => one.currency))) {
        const own = all.filter((one) => one.currency === currency);
        const owed = own.map(({ total, paid = "0.00" }) => hundredths(total) - hundredths(paid));
        const [latestInvoice = ""] = own
          .map(({ date }) => date)
          .toSorted()
          .reverse();
        yield {
          amount: amount(owed.reduce((one, other) => one + other, 0n)),
          currency,
          latestInvoice,
        };
      }
    },
  };
}

async function bills(folder: string, signal: AbortSignal): Promise<readonly Named[]> {
  signal.throwIfAborted();
  const { invoice: isBill } = await import("../generated/invoice-validator.js");
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return files.sort().map((name) => {
      const read: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
      if (!isBill(read) || !("invoice" in (read as Bill))) throw new Error(name);
      return read as Named;
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AdapterError(
      "unavailable",
      say`The folder ${folder} does not hold invoices as \`partnerctl invoices ID --format json\` prints them: ${why}.`,
    );
  }
}
