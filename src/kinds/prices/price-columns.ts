import { say } from "../../model/text/say.ts";
import type { CsvRow } from "./csv.ts";

/** What a column of a price list holds. */
export type Column = "id" | "perMonth" | "perYear" | "currency" | "from" | "to";

/** Which cell of a row each column is. */
export type Columns = ReadonlyMap<Column, number>;

/** The names of columns that a list has and nobody knows beforehand. */
export interface ColumnNames {
  readonly offerId?: string;
  readonly perMonth?: string;
  readonly perYear?: string;
  readonly currency?: string;
}

/**
 * The names a column may have: small letters and digits only, whatever stands between them. `DurableOfferID` is what the reconciliation files call a
 * price list's offer id; `List Price` is the partner's price of a month in the licence-based price list, whose `ERP Price` is only suggested.
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

/** Files of the same place that are no price list of offers, told by the columns that only they have. */
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

/** What a file is that is no price list, by its first row; undefined where nothing speaks against it. */
export function otherForm({ cells }: CsvRow): string | undefined {
  const names = new Set(cells.map(plain));
  return others.find(({ has }) => has.every((one) => names.has(one)))?.message;
}

/** Which cells of a row are columns' names; those that the settings name come before those that are known. */
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
