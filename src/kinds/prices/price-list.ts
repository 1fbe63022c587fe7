import type { Checked } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { type CsvRow, type Delimiter, rows } from "./csv.ts";
import { type ColumnNames, columnsOf, otherForm } from "./price-columns.ts";
import { addProblem, type ListReading, readRow, usualCurrency } from "./price-row.ts";
import type { Price } from "./term-price.ts";

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

/** How many rows to search for the header row. Titles may precede it. */
const headRows = 20;

const headLength = 20_000;

/** Limits of the problems reported, and of the characters quoted of a line. */
const mostProblems = 100;

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
  const list: ListReading = {
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
    addProblem(list, 1, {
      what: "empty",
      message: say`The price list is empty.`,
      hint: say`Its first row names the columns: Offer ID, Price per month, Price per year, Currency.`,
    });
  if (list.problems.length === 0) readRows(list, withoutNotes(body));
  if (read.broken !== undefined)
    addProblem(list, read.broken, {
      what: "quote",
      message: say`A quote is not closed, or text follows it.`,
      hint: say`A quote inside quotes is written twice: "".`,
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

function checkHead(list: ListReading, head: CsvRow): void {
  const { columns } = list;
  const other = otherForm(head);
  if (other !== undefined) {
    addProblem(list, head.line, {
      what: "form",
      message: other,
      hint: say`Name the licence-based price list, saved as CSV.`,
    });
    return;
  }
  if (!columns.has("id"))
    addProblem(list, head.line, {
      what: "column",
      message: say`There is no column of offer ids.`,
      hint: say`Call it Offer ID or Durable Offer ID, or give its name in priceLists[].columns.offerId.`,
    });
  if (!columns.has("perMonth") && !columns.has("perYear"))
    addProblem(list, head.line, {
      what: "column",
      message: say`There is no column of prices.`,
      hint: say`Call it Price per month, List Price or Price per year, or give its name in priceLists[].columns.`,
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

function readRows(list: ListReading, all: readonly CsvRow[]): void {
  for (const row of all) {
    if (list.problems.length >= mostProblems) {
      addProblem(list, row.line, {
        what: "more",
        message: say`After ${mostProblems} problems, the rows from here on were not read.`,
      });
      return;
    }
    readRow(list, row);
  }
}
