import { say } from "../../model/text/phrase.ts";
import type { CsvRow } from "./csv.ts";

/** The columns of a price list that are read. */
export type Column = "id" | "perMonth" | "perYear" | "currency" | "from" | "to";

/** The cell index of each column, from 0. */
export type Columns = ReadonlyMap<Column, number>;

/** Column names from the settings, for lists whose names are not known here. */
export interface ColumnNames {
  readonly offerId?: string;
  readonly perMonth?: string;
  readonly perYear?: string;
  readonly currency?: string;
}

/**
 * Known column names, in lower case and reduced to letters and digits. Reconciliation files call
 * the offer id `DurableOfferID`. In the licence-based price list, `List Price` is the partner's
 * price per month; its `ERP Price` is only a suggested one.
 */
const known: Readonly<Record<string, Column>> = {
  offerid: "id",
  durableofferid: "id",
  pricepermonth: "perMonth",
  monthlyprice: "perMonth",
  listprice: "perMonth",
  priceperyear: "perYear",
  annualprice: "perYear",
  yearlyprice: "perYear",
  currency: "currency",
  currencycode: "currency",
  validfromdate: "from",
  validtodate: "to",
};

/**
 * Other files from the same source that are easily confused with a price list, recognized by
 * columns that only they have.
 */
const others: readonly { readonly has: readonly string[]; readonly message: string }[] = [
  {
    has: ["productid", "skuid", "unitprice"],
    message: say`This is a price sheet of new commerce: it prices products and terms, and no offer of this catalogue.`,
  },
  {
    has: ["durableofferid", "minseatcount"],
    message: say`This is an offer matrix: it has no prices.`,
  },
  {
    has: ["productid", "skuid", "minlicenses"],
    message: say`This is an offer matrix of new commerce: it has no prices.`,
  },
  {
    has: ["durableofferid", "subscriptionid", "chargetype"],
    message: say`This is a reconciliation file: its amounts are charges, and not prices.`,
  },
];

/**
 * The message for a file that is recognizably not a price list, by its header row. Undefined for
 * all others.
 */
export function otherForm({ cells }: CsvRow): string | undefined {
  const names = new Set(cells.map(plain));
  return others.find(({ has }) => has.every((one) => names.has(one)))?.message;
}

/** Finds the columns in a header row. Names from the settings take precedence over known names. */
export function columnsOf(head: CsvRow | undefined, named: ColumnNames = {}): Columns {
  const columns = new Map<Column, number>();
  const set = (column: Column | undefined, index: number) => {
    if (column !== undefined && index >= 0 && !columns.has(column)) columns.set(column, index);
  };
  const cells = (head?.cells ?? []).map(folded);
  for (const [name, column] of [
    ["offerId", "id"] as const,
    ...(["perMonth", "perYear", "currency"] as const).map((one) => [one, one] as const),
  ]) {
    const wanted = named[name];
    if (wanted !== undefined) set(column, cells.indexOf(folded(wanted)));
  }
  for (const [index, cell] of cells.entries()) set(known[plain(cell)], index);
  return columns;
}

function folded(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
