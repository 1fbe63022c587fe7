/** The currencies that a currency sign may stand for. */
const signs: Readonly<Record<string, readonly string[]>> = {
  "¥": ["CNY", "JPY"],
  元: ["CNY"],
  $: ["USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"],
  "€": ["EUR"],
  "£": ["GBP"],
};

/** Cells with which spreadsheets say that there is no price. */
const none = /^(|-|–|—|n\/?a|#n\/a)$/i;

/**
 * Reads a price as decimal text with at most two decimals. Undefined if the cell says that there is
 * no price; false if it is not a price in this currency.
 */
export function priceIn(cell: string, currency: string): string | undefined | false {
  const text = cell.normalize("NFKC").trim();
  if (none.test(text)) return undefined;
  const number = unsigned(text, currency);
  if (number === undefined) return false;
  const grouped = /^\d{1,3}([, ])\d{3}(?:\1\d{3})*(?:\.|$)/.exec(number)?.[1];
  // Drops zeros after the second decimal.
  const plain = (grouped === undefined ? number : number.replaceAll(grouped, "")).replace(
    /(\.\d{2})0+$/,
    "$1",
  );
  return /^\d+(\.\d{1,2})?$/.test(plain) ? plain : false;
}

function unsigned(text: string, currency: string): string | undefined {
  const [, before = "", number = "", after = ""] =
    /^([^\d\s.,-]*)\s*([\d.,\s]*\d)\s*([^\d\s.,-]*)$/.exec(text) ?? [];
  const marks = [before, after].filter((one) => one !== "");
  const meant = marks.every(
    (one) => one.toUpperCase() === currency || signs[one]?.includes(currency),
  );
  return meant && number !== "" ? number : undefined;
}

/**
 * Reads a date as `YYYY-MM-DD`, from an ISO date or time, or from month/day/year, the format of the
 * published lists. Undefined if the cell has neither form.
 */
export function dayIn(cell: string): string | undefined {
  const text = cell.trim();
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]|$)/.exec(text)?.[1];
  if (iso !== undefined) return iso;
  const [, month = "", day = "", year = ""] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: |$)/.exec(text) ?? [];
  return year === "" ? undefined : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/**
 * Whether the validity from one cell's date to another's includes a date. A cell without a date
 * sets no limit, and without `asOf` every price is in force.
 */
export function isInForce(from: string, to: string, asOf: string | undefined): boolean {
  const [first, last] = [dayIn(from), dayIn(to)];
  return (
    asOf === undefined ||
    ((first === undefined || first <= asOf) && (last === undefined || last >= asOf))
  );
}
