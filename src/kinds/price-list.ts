import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { hundredths } from "../model/money.ts";
import { say } from "../model/say.ts";
import { type Row, rows } from "./csv.ts";

/** What one unit of an offer costs, billed by the month or by the year, as decimal text; missing where the list has no such price. */
export interface Price {
  readonly perMonth?: string;
  readonly perYear?: string;
}

/** A price list: one currency (ISO 4217), and prices by offer id in capitals. */
export interface PriceList {
  readonly currency: string;
  readonly prices: ReadonlyMap<string, Price>;
}

type Column = "id" | "perMonth" | "perYear" | "currency";
type Columns = ReadonlyMap<Column, number>;

/** The names a column may have: small letters and digits only, whatever stands between them. `DurableOfferID` is what the reconciliation files call a price list's offer id. */
const columnNames: Readonly<Record<string, Column>> = {
  offerid: "id",
  durableofferid: "id",
  pricepermonth: "perMonth",
  monthlyprice: "perMonth",
  priceperyear: "perYear",
  annualprice: "perYear",
  yearlyprice: "perYear",
  currency: "currency",
  currencycode: "currency",
};

/** The currency of a list that has no currency column: the one 21Vianet bills in. */
const usualCurrency = "CNY";

interface List {
  readonly file: string;
  readonly lines: readonly string[];
  readonly columns: Columns;
  readonly width: number;
  readonly prices: Map<string, Price>;
  readonly problems: Diagnostic[];
  currency?: string;
}

/** Reads a price list, a CSV text whose first row names the columns. Every bad row is a problem with its line; one is enough to refuse the list. */
export function parsePriceList(text: string, file: string): Checked<PriceList> {
  const read = rows(text);
  const [head, ...body] = read.rows;
  const list: List = {
    file,
    lines: text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/),
    columns: columnsOf(head),
    width: head?.cells.length ?? 0,
    prices: new Map(),
    problems: [],
  };
  if (head !== undefined && read.broken !== 1) checkColumns(list, head);
  else if (read.broken === undefined)
    complain(list, 1, {
      what: "empty",
      message: say`the price list is empty`,
      hint: say`its first row names the columns: Offer ID, Price per month, Price per year, Currency`,
    });
  if (list.problems.length === 0) for (const row of body) readRow(list, row);
  if (read.broken !== undefined)
    complain(list, read.broken, {
      what: "quote",
      message: say`a quote is not closed, or text follows it`,
      hint: say`a quote inside quotes is written twice: ""`,
    });
  if (list.problems.length > 0) return { ok: false, diagnostics: list.problems };
  return { ok: true, value: { currency: list.currency ?? usualCurrency, prices: list.prices }, diagnostics: [] };
}

function columnsOf(head: Row | undefined): Columns {
  const columns = new Map<Column, number>();
  for (const [index, cell] of (head?.cells ?? []).entries()) {
    const column = columnNames[cell.toLowerCase().replace(/[^a-z0-9]/g, "")];
    if (column !== undefined && !columns.has(column)) columns.set(column, index);
  }
  return columns;
}

function checkColumns(list: List, head: Row): void {
  const { columns } = list;
  if (!columns.has("id"))
    complain(list, head.line, {
      what: "column",
      message: say`there is no column of offer ids`,
      hint: say`call it Offer ID or Durable Offer ID`,
    });
  if (!columns.has("perMonth") && !columns.has("perYear"))
    complain(list, head.line, {
      what: "column",
      message: say`there is no column of prices`,
      hint: say`call it Price per month or Price per year`,
    });
}

function readRow(list: List, row: Row): void {
  // One cell too many is most often a thousands separator outside quotes, which would move every price after it.
  if (row.cells.length !== list.width) {
    const message = say`the row has ${row.cells.length} cells, the first row ${list.width}`;
    complain(list, row.line, { what: "row", message, hint: say`a cell with a comma in it is put in quotes` });
    return;
  }
  const id = cellOf(list, row, "id").toUpperCase();
  if (id === "") complain(list, row.line, { what: "offer-id", message: say`the row has no offer id` });
  else if (list.prices.has(id)) complain(list, row.line, { what: "duplicate", message: say`${id} is priced twice` });
  const perMonth = amountOf(list, row, "perMonth");
  const perYear = amountOf(list, row, "perYear");
  checkCurrency(list, row);
  list.prices.set(id, { ...(perMonth === undefined ? {} : { perMonth }), ...(perYear === undefined ? {} : { perYear }) });
}

function cellOf(list: List, row: Row, column: Column): string {
  const index = list.columns.get(column);
  return index === undefined ? "" : (row.cells[index] ?? "").trim();
}

function amountOf(list: List, row: Row, column: "perMonth" | "perYear"): string | undefined {
  const cell = cellOf(list, row, column);
  if (cell === "") return undefined;
  const plain = /^\d{1,3}(,\d{3})+(\.|$)/.test(cell) ? cell.replaceAll(",", "") : cell;
  if (/^\d+(\.\d{1,2})?$/.test(plain)) return plain;
  complain(list, row.line, {
    what: "price",
    message: say`not a price: ${cell}`,
    hint: say`a number with at most two digits after the point, such as 150 or 150.50`,
  });
  return undefined;
}

function checkCurrency(list: List, row: Row): void {
  if (!list.columns.has("currency")) return;
  const cell = cellOf(list, row, "currency").toUpperCase();
  if (!/^[A-Z]{3}$/.test(cell)) {
    complain(list, row.line, {
      what: "currency",
      message: say`not a currency: ${cell || "(nothing)"}`,
      hint: say`three letters, such as CNY`,
    });
    return;
  }
  list.currency ??= cell;
  if (list.currency !== cell)
    complain(list, row.line, {
      what: "currency",
      message: say`the list is in ${list.currency}, this row in ${cell}`,
      hint: say`keep one list for each currency`,
    });
}

interface Complaint {
  readonly what: string;
  readonly message: string;
  readonly hint?: string;
}

function complain(list: List, line: number, { what, ...words }: Complaint): void {
  const excerpt = list.lines[line - 1] ?? "";
  const at = { file: list.file, line, column: 1, endLine: line, endColumn: excerpt.length + 1, excerpt };
  list.problems.push({ severity: "error", code: `price-list/${what}`, ...words, at });
}

/** The price of one unit for a whole term of so many months, in hundredths; undefined where the list has none for that way of billing. */
export function termPrice(price: Price, billingCycle: string | undefined, months: number): bigint | undefined {
  if (billingCycle === "annual") return price.perYear === undefined ? undefined : rounded(hundredths(price.perYear) * BigInt(months), 12n);
  return price.perMonth === undefined ? undefined : hundredths(price.perMonth) * BigInt(months);
}

/** The quotient of two amounts that are not negative, to the nearest whole number, halves up. */
export function rounded(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor / 2n) / divisor;
}
