/** The currencies that a sign before or after a price may mean. */
const signs: Readonly<Record<string, readonly string[]>> = {
  "¥": ["CNY", "JPY"],
  元: ["CNY"],
  $: ["USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"],
  "€": ["EUR"],
  "£": ["GBP"],
};

/** How spreadsheets say that there is no price. */
const none = /^(|-|–|—|n\/?a|#n\/a)$/i;

/** A cell's price as decimal text with at most two digits after the point; undefined where the cell says that there is none, false where it is no price in this currency. */
export function priceIn(cell: string, currency: string): string | undefined | false {
  const text = cell.normalize("NFKC").trim();
  if (none.test(text)) return undefined;
  const number = unsigned(text, currency);
  if (number === undefined) return false;
  const grouped = /^\d{1,3}([, ])\d{3}(?:\1\d{3})*(?:\.|$)/.exec(number)?.[1];
  // Zeros beyond the second digit after the point say nothing.
  const plain = (grouped === undefined ? number : number.replaceAll(grouped, "")).replace(/(\.\d{2})0+$/, "$1");
  return /^\d+(\.\d{1,2})?$/.test(plain) ? plain : false;
}

function unsigned(text: string, currency: string): string | undefined {
  const [, before = "", number = "", after = ""] = /^([^\d\s.,-]*)\s*([\d.,\s]*\d)\s*([^\d\s.,-]*)$/.exec(text) ?? [];
  const marks = [before, after].filter((one) => one !== "");
  const meant = marks.every((one) => one.toUpperCase() === currency || signs[one]?.includes(currency));
  return meant && number !== "" ? number : undefined;
}

/** A day as `YYYY-MM-DD`, from that, a time that begins with it, or month/day/year as the published lists have it; undefined where it is no day. */
export function dayIn(cell: string): string | undefined {
  const text = cell.trim();
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]|$)/.exec(text)?.[1];
  if (iso !== undefined) return iso;
  const [, month = "", day = "", year = ""] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: |$)/.exec(text) ?? [];
  return year === "" ? undefined : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** Whether a price that is valid from one cell's day to another's is in force on a day; a cell without a day sets no bound. */
export function isInForce(from: string, to: string, asOf: string | undefined): boolean {
  const [first, last] = [dayIn(from), dayIn(to)];
  return asOf === undefined || ((first === undefined || first <= asOf) && (last === undefined || last >= asOf));
}
