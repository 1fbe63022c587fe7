import { type CsvRow, type Delimiter, rows } from "../../../kinds/prices/csv.ts";
import { priceListText } from "../../../kinds/prices/price-list-text.ts";
import {
  type Checked,
  type Diagnostic,
  diagnostic,
  type Location,
} from "../../../model/diagnostic.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";

/** A table as a spreadsheet saved it. */
export interface Table {
  readonly file: string;
  readonly head: CsvRow;
  readonly body: readonly CsvRow[];
  /** The place of a cell; of the row's start without a column. */
  place(row: CsvRow, column?: number): Location;
}

/**
 * Reads a CSV text with a header row: UTF-8, UTF-16 or GB 18030, separated by commas, semicolons or
 * tabs, whichever the first line has most of.
 */
export function readTable(bytes: Uint8Array, file: string): Checked<Table> {
  const text = priceListText(bytes);
  if (text === undefined)
    return unreadable({
      message: say`${file} is a workbook, not text.`,
      hint: say`Open it in a spreadsheet, and save the sheet as CSV.`,
    });
  const { rows: found, broken } = rows(text, delimiterOf(text));
  const [head, ...body] = found;
  const place = placer(text, file);
  if (broken !== undefined)
    return unreadable({
      message: say`Line ${broken} of ${file} has a quotation mark that is not closed, or text behind one.`,
      hint: say`Write a quotation mark within a quoted cell twice.`,
      at: place({ line: broken, cells: [], starts: [] }),
    });
  if (head === undefined || body.length === 0)
    return unreadable({
      message: say`${file} has no rows.`,
      hint: say`The first row names the columns, and each other row is an object.`,
    });
  return { ok: true, value: { file, head, body, place }, diagnostics: [] };
}

function unreadable(why: {
  readonly message: Wording;
  readonly hint: Wording;
  readonly at?: Location;
}): Checked<never> {
  const problem: Diagnostic = diagnostic({ severity: "error", code: "scaffold/table", ...why });
  return { ok: false, diagnostics: [problem] };
}

function delimiterOf(text: string): Delimiter {
  const [line = ""] = text.split(/\r\n|\n|\r/, 1);
  const outside = line.replaceAll(/"[^"]*"/g, "");
  const count = (one: Delimiter) => outside.split(one).length;
  const others: readonly Delimiter[] = [";", "\t"];
  return others.reduce((most, one) => (count(one) > count(most) ? one : most), "," as Delimiter);
}

/** Columns count UTF-16 code units from the line's start. */
function placer(text: string, file: string): Table["place"] {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  return ({ line: rowLine, cells, starts }, column = -1) => {
    const before = text.slice(starts[0] ?? 0, starts[column] ?? starts[0] ?? 0);
    const breaks = before.match(/\r\n|\n|\r/g)?.length ?? 0;
    const line = rowLine + breaks;
    const start = breaks > 0 ? before.length - lastBreak(before) : before.length;
    const excerpt = lines[line - 1] ?? "";
    const length = column < 0 ? excerpt.length : Math.max(1, cells[column]?.length ?? 1);
    const end = Math.min(start + length, Math.max(start + 1, excerpt.length));
    return { file, line, column: start + 1, endLine: line, endColumn: end + 1, excerpt };
  };
}

function lastBreak(text: string): number {
  return Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
}
