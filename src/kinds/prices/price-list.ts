import type { CodeWithin } from "../../model/codes.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";
import { type Delimiter, type CsvRow, rows } from "./csv.ts";
import { isInForce, priceIn } from "./price-cell.ts";
import {
  type Column,
  type ColumnNames,
  type Columns,
  columnsOf,
  otherForm,
} from "./price-columns.ts";
import { type Price, yearOf } from "./term-price.ts";

/** The currency (ISO 4217), and prices by offer id in upper case. */
export interface PriceList {
  readonly currency: string;
  readonly prices: ReadonlyMap<string, Price>;
}

/**
 * Column names unless they are known ones, and the date (YYYY-MM-DD) when prices must be in force.
 */
export interface PriceReading {
  readonly columns?: ColumnNames;
  readonly asOf?: string;
}

/** The currency if the list has no such column: 21Vianet bills in it. */
const usualCurrency = "CNY";

/** How many rows to search for the header row. Titles may precede it. */
const headRows = 20;
const headLength = 20_000;
/** Limits of the problems reported, and of the characters quoted of a line. */
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

/**
 * Reads a CSV price list with a header row. Each bad row is an error with its line, up to 100. A
 * list with an error is refused as a whole.
 */
export function parsePriceList(
  text: string,
  file: string,
  { columns: named, asOf }: PriceReading = {},
): Checked<PriceList> {
  const read = rows(text, delimiterOf(text, named));
  const [head, ...body] = read.rows.slice(Math.max(0, headIn(read.rows, named)));
  const columns = columnsOf(head, named);
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const list: List = {
    file,
    lines,
    columns,
    asOf,
    width: head?.cells.length ?? 0,
    prices: new Map(),
    problems: [],
  };
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
  return {
    ok: true,
    value: { currency: list.currency ?? usualCurrency, prices: list.prices },
    diagnostics: [],
  };
}

function headIn(all: readonly CsvRow[], named: ColumnNames | undefined): number {
  return all.slice(0, headRows).findIndex((row) => columnsOf(row, named).has("id"));
}

/** The delimiter that yields a column of offer ids, otherwise a comma. */
function delimiterOf(text: string, named: ColumnNames | undefined): Delimiter {
  const top = text.slice(0, headLength);
  return ([",", ";", "\t"] as const).find((one) => headIn(rows(top, one).rows, named) >= 0) ?? ",";
}

function checkHead(list: List, head: CsvRow): void {
  const { columns } = list;
  const other = otherForm(head);
  if (other !== undefined) {
    complain(list, head.line, {
      what: "form",
      message: other,
      hint: say`Name the licence-based price list, saved as CSV.`,
    });
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

/** Drops notes below the rows: only their first cell has text, and it is no offer id. */
function withoutNotes(body: readonly CsvRow[]): readonly CsvRow[] {
  const last = body.findLastIndex(
    ({ cells: [first = "", ...others] }) => others.some((one) => one.trim() !== "") || isId(first),
  );
  return body.slice(0, last + 1);
}

/** Also accepts a truncated id: an id has a digit and no space. */
function isId(cell: string): boolean {
  return /\d/.test(cell) && !/\s/.test(cell.trim());
}

function readRows(list: List, all: readonly CsvRow[]): void {
  for (const row of all) {
    if (list.problems.length >= mostProblems) {
      complain(list, row.line, {
        what: "more",
        message: say`After ${mostProblems} problems, the rows from here on were not read.`,
      });
      return;
    }
    readRow(list, row);
  }
}

function readRow(list: List, row: CsvRow): void {
  // A surplus cell usually comes from an unquoted thousands separator, which shifts the next
  // prices.
  if (
    row.cells.length < list.width ||
    row.cells.slice(list.width).some((one) => one.trim() !== "")
  ) {
    const message = say`the row has ${row.cells.length} cells, the first row ${list.width}`;
    complain(list, row.line, {
      what: "row",
      message,
      hint: say`a cell with a comma in it is put in quotes`,
    });
    return;
  }
  // A list with periods of validity may price an offer once per period.
  if (!isInForce(cellOf(list, row, "from"), cellOf(list, row, "to"), list.asOf)) return;
  const id = cellOf(list, row, "id")
    .replace(/^\{(.*)\}$/, "$1")
    .toUpperCase();
  if (id === "")
    complain(list, row.line, { what: "offer-id", message: say`the row has no offer id` });
  else if (list.prices.has(id))
    complain(list, row.line, { what: "duplicate", message: say`${id} is priced twice` });
  const currency = currencyOf(list, row);
  const perMonth = amountOf(list, row, { column: "perMonth", currency });
  const perYear = list.columns.has("perYear")
    ? amountOf(list, row, { column: "perYear", currency })
    : yearOf(perMonth);
  list.prices.set(id, {
    ...(perMonth === undefined ? {} : { perMonth }),
    ...(perYear === undefined ? {} : { perYear }),
  });
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

/** The row's currency. It must be the same in every row of the list. */
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
  const at = {
    file: list.file,
    line,
    column: 1,
    endLine: line,
    endColumn: excerpt.length + 1,
    excerpt,
  };
  list.problems.push({ severity: "error", code: `price-list/${what}`, ...words, at });
}
