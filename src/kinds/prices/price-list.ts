import type { CodeWithin } from "../../model/codes.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";
import { type Delimiter, type CsvRow, rows } from "./csv.ts";
import { isInForce, priceIn } from "./price-cell.ts";
import { type Column, type ColumnNames, type Columns, columnsOf, otherForm } from "./price-columns.ts";
import { type Price, yearOf } from "./term-price.ts";

/** A price list: one currency (ISO 4217), and prices by offer id in capitals. */
export interface PriceList {
  readonly currency: string;
  readonly prices: ReadonlyMap<string, Price>;
}

/** How a list is read: the names of its columns where they are others than the known ones, and the day on which its prices have to be in force. */
export interface PriceReading {
  readonly columns?: ColumnNames;
  readonly asOf?: string;
}

/** The currency of a list that has no currency column: the one 21Vianet bills in. */
const usualCurrency = "CNY";

/** Among how many first rows the one with the columns' names is looked for: titles may stand above it. */
const headRows = 20;
const headLength = 20_000;
/** What is kept of problems, and of the line that each is in. */
const mostProblems = 100;
const excerptLength = 200;

interface List {
  readonly file: string;
  readonly lines: readonly string[];
  readonly columns: Columns;
  readonly width: number;
  readonly asOf: string | undefined;
  readonly prices: Map<string, Price>;
  readonly problems: Diagnostic[];
  currency?: string;
}

/** Reads a price list, a CSV text with a row that names the columns. Every bad row is a problem with its line; one is enough to refuse the list. */
export function parsePriceList(text: string, file: string, { columns: named, asOf }: PriceReading = {}): Checked<PriceList> {
  const read = rows(text, delimiterOf(text, named));
  const [head, ...body] = read.rows.slice(Math.max(0, headIn(read.rows, named)));
  const columns = columnsOf(head, named);
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const list: List = { file, lines, columns, asOf, width: head?.cells.length ?? 0, prices: new Map(), problems: [] };
  if (head !== undefined && read.broken !== 1) checkHead(list, head);
  else if (read.broken === undefined)
    complain(list, 1, {
      what: "empty",
      message: say`the price list is empty`,
      hint: say`its first row names the columns: Offer ID, Price per month, Price per year, Currency`,
    });
  if (list.problems.length === 0) readRows(list, withoutNotes(body));
  if (read.broken !== undefined)
    complain(list, read.broken, {
      what: "quote",
      message: say`a quote is not closed, or text follows it`,
      hint: say`a quote inside quotes is written twice: ""`,
    });
  if (list.problems.length > 0) return { ok: false, diagnostics: list.problems };
  return { ok: true, value: { currency: list.currency ?? usualCurrency, prices: list.prices }, diagnostics: [] };
}

function headIn(all: readonly CsvRow[], named: ColumnNames | undefined): number {
  return all.slice(0, headRows).findIndex((row) => columnsOf(row, named).has("id"));
}

/** The delimiter by which there is a column of offer ids. */
function delimiterOf(text: string, named: ColumnNames | undefined): Delimiter {
  const top = text.slice(0, headLength);
  return ([",", ";", "\t"] as const).find((one) => headIn(rows(top, one).rows, named) >= 0) ?? ",";
}

function checkHead(list: List, head: CsvRow): void {
  const { columns } = list;
  const other = otherForm(head);
  if (other !== undefined) {
    complain(list, head.line, { what: "form", message: other, hint: say`Name the licence-based price list, saved as CSV.` });
    return;
  }
  if (!columns.has("id"))
    complain(list, head.line, {
      what: "column",
      message: say`there is no column of offer ids`,
      hint: say`call it Offer ID or Durable Offer ID, or give its name in priceLists[].columns.offerId`,
    });
  if (!columns.has("perMonth") && !columns.has("perYear"))
    complain(list, head.line, {
      what: "column",
      message: say`there is no column of prices`,
      hint: say`call it Price per month, List Price or Price per year, or give its name in priceLists[].columns`,
    });
}

/** The rows without the remarks below them: one cell with words in it, which no offer id is. */
function withoutNotes(body: readonly CsvRow[]): readonly CsvRow[] {
  const last = body.findLastIndex(({ cells: [first = "", ...others] }) => others.some((one) => one.trim() !== "") || isId(first));
  return body.slice(0, last + 1);
}

/** Also one that was cut off: a word with a digit in it. */
function isId(cell: string): boolean {
  return /\d/.test(cell) && !/\s/.test(cell.trim());
}

function readRows(list: List, all: readonly CsvRow[]): void {
  for (const row of all) {
    if (list.problems.length >= mostProblems) {
      complain(list, row.line, { what: "more", message: say`After ${mostProblems} problems, the rows from here on were not read.` });
      return;
    }
    readRow(list, row);
  }
}

function readRow(list: List, row: CsvRow): void {
  // One cell too many is most often a thousands separator outside quotes, which would move every price after it.
  if (row.cells.length < list.width || row.cells.slice(list.width).some((one) => one.trim() !== "")) {
    const message = say`the row has ${row.cells.length} cells, the first row ${list.width}`;
    complain(list, row.line, { what: "row", message, hint: say`a cell with a comma in it is put in quotes` });
    return;
  }
  // A list that says from when to when its prices are valid may price an offer once for each time.
  if (!isInForce(cellOf(list, row, "from"), cellOf(list, row, "to"), list.asOf)) return;
  const id = cellOf(list, row, "id")
    .replace(/^\{(.*)\}$/, "$1")
    .toUpperCase();
  if (id === "") complain(list, row.line, { what: "offer-id", message: say`the row has no offer id` });
  else if (list.prices.has(id)) complain(list, row.line, { what: "duplicate", message: say`${id} is priced twice` });
  const currency = currencyOf(list, row);
  const perMonth = amountOf(list, row, { column: "perMonth", currency });
  const perYear = list.columns.has("perYear") ? amountOf(list, row, { column: "perYear", currency }) : yearOf(perMonth);
  list.prices.set(id, { ...(perMonth === undefined ? {} : { perMonth }), ...(perYear === undefined ? {} : { perYear }) });
}

function cellOf(list: List, row: CsvRow, column: Column): string {
  const index = list.columns.get(column);
  return index === undefined ? "" : (row.cells[index] ?? "").trim();
}

interface Wanted {
  readonly column: "perMonth" | "perYear";
  readonly currency: string;
}

function amountOf(list: List, row: CsvRow, { column, currency }: Wanted): string | undefined {
  const cell = cellOf(list, row, column);
  const price = priceIn(cell, currency);
  if (price !== false) return price;
  complain(list, row.line, {
    what: "price",
    message: say`not a price: ${cell}`,
    hint: say`a number with at most two digits after the point, such as 150 or 150.50`,
  });
  return undefined;
}

/** The currency of a row, which has to be that of the list. */
function currencyOf(list: List, row: CsvRow): string {
  if (!list.columns.has("currency")) return usualCurrency;
  const cell = cellOf(list, row, "currency").toUpperCase();
  if (!/^[A-Z]{3}$/.test(cell)) {
    complain(list, row.line, {
      what: "currency",
      message: say`not a currency: ${cell || "(nothing)"}`,
      hint: say`three letters, such as CNY`,
    });
    return usualCurrency;
  }
  list.currency ??= cell;
  if (list.currency !== cell)
    complain(list, row.line, {
      what: "currency",
      message: say`the list is in ${list.currency}, this row in ${cell}`,
      hint: say`keep one list for each currency`,
    });
  return cell;
}

interface Complaint {
  readonly what: CodeWithin<"price-list">;
  readonly message: string;
  readonly hint?: string;
}

function complain(list: List, line: number, { what, ...words }: Complaint): void {
  const excerpt = (list.lines[line - 1] ?? "").slice(0, excerptLength);
  const at = { file: list.file, line, column: 1, endLine: line, endColumn: excerpt.length + 1, excerpt };
  list.problems.push({ severity: "error", code: `price-list/${what}`, ...words, at });
}
