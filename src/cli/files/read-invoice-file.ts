import { resolve } from "node:path";
import { parseInvoiceFile } from "../../kinds/invoice/invoice-file.ts";
import { priceListText } from "../../kinds/prices/price-list-text.ts";
import type { Bill } from "../../model/billing/invoice.ts";
import type { Checked } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { most, readInput } from "../../store/files/read-input.ts";

/** The lines of a reconciliation file, in any encoding that a price list may have. */
export function readInvoiceFile(file: string): Checked<readonly Bill[]> {
  const read = readInput(resolve(file), { shown: file, limit: most.priceList });
  if (!read.ok) return read;
  const text = priceListText(read.value);
  if (text === undefined)
    return {
      ok: false,
      diagnostics: [
        record({
          severity: "error",
          code: "invoice/file",
          message: say`The reconciliation file ${file} is a workbook, not text.`,
          hint: say`Open it in a spreadsheet, and save the sheet as CSV (UTF-8).`,
        }),
      ],
    };
  const parsed = parseInvoiceFile(text, file);
  return parsed.ok ? { ...parsed, value: [parsed.value] } : parsed;
}
