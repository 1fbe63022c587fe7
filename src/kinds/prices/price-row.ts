import { record } from "../../model/text/recorded.ts";
import type { CodeWithin } from "../../model/codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { CsvRow } from "./csv.ts";
import { isInForce, priceIn } from "./price-cell.ts";
import type { Column, Columns } from "./price-columns.ts";
import { type Price, yearOf } from "./term-price.ts";

/** The currency if the list has no such column: 21Vianet bills in it. */
export const usualCurrency = "CNY";

const excerptLength = 200;

/** A price list while it is being read. */
export interface ListReading {
  readonly file: string;
  readonly lines: readonly string[];
  readonly columns: Columns;
  readonly width: number;
  readonly asOf: string | undefined;
  readonly prices: Map<string, Price>;
  readonly problems: Diagnostic[];
  currency?: string;
}

/** Adds a row's price to the list, or a problem of each wrong cell. */
export function readRow(list: ListReading, row: CsvRow): void {
  // A surplus cell usually comes from an unquoted thousands separator, which shifts the next
  // prices.
  if (
    row.cells.length < list.width ||
    row.cells.slice(list.width).some((one) => one.trim() !== "")
  ) {
    const message = say`The row has ${row.cells.length} cells, the first row ${list.width}.`;
    addProblem(list, row.line, {
      what: "row",
      message,
      hint: say`A cell with a comma in it is put in quotes.`,
    });
    return;
  }
  // A list with periods of validity may price an offer once per period.
  if (!isInForce(cellOf(list, row, "from"), cellOf(list, row, "to"), list.asOf)) return;
  const id = cellOf(list, row, "id")
    .replace(/^\{(.*)\}$/, "$1")
    .toUpperCase();
  if (id === "")
    addProblem(list, row.line, { what: "offer-id", message: say`The row has no offer id.` });
  else if (list.prices.has(id))
    addProblem(list, row.line, { what: "duplicate", message: say`${id} is priced twice.` });
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

function cellOf(list: ListReading, row: CsvRow, column: Column): string {
  const index = list.columns.get(column);
  return index === undefined ? "" : (row.cells[index] ?? "").trim();
}

interface Wanted {
  readonly column: "perMonth" | "perYear";
  readonly currency: string;
}

function amountOf(
  list: ListReading,
  row: CsvRow,
  { column, currency }: Wanted,
): string | undefined {
  const cell = cellOf(list, row, column);
  const price = priceIn(cell, currency);
  if (price !== false) return price;
  addProblem(list, row.line, {
    what: "price",
    message: say`Not a price: ${cell}.`,
    hint: say`A number with at most two digits after the point, such as 150 or 150.50.`,
  });
  return undefined;
}

/** The row's currency. It must be the same in every row of the list. */
function currencyOf(list: ListReading, row: CsvRow): string {
  if (!list.columns.has("currency")) return usualCurrency;
  const cell = cellOf(list, row, "currency").toUpperCase();
  if (!/^[A-Z]{3}$/.test(cell)) {
    addProblem(list, row.line, {
      what: "currency",
      message: say`Not a currency: ${cell || "(nothing)"}.`,
      hint: say`Three letters, such as CNY.`,
    });
    return usualCurrency;
  }
  list.currency ??= cell;
  if (list.currency !== cell)
    addProblem(list, row.line, {
      what: "currency",
      message: say`The list is in ${list.currency}, this row in ${cell}.`,
      hint: say`Keep one list for each currency.`,
    });
  return cell;
}

interface Complaint {
  readonly what: CodeWithin<"price-list">;
  readonly message: Wording;
  readonly hint?: Wording;
}

/** Adds an error about a line. */
export function addProblem(list: ListReading, line: number, { what, ...words }: Complaint): void {
  const excerpt = (list.lines[line - 1] ?? "").slice(0, excerptLength);
  const at = {
    file: list.file,
    line,
    column: 1,
    endLine: line,
    endColumn: excerpt.length + 1,
    excerpt,
  };
  list.problems.push(record({ severity: "error", code: `price-list/${what}`, ...words, at }));
}
