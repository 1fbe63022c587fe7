/** The cells of a row, by column. */
export type Cells = Readonly<Record<string, string | number | undefined>>;

/** CSV (RFC 4180) with these columns. */
export function table(names: readonly string[], rows: readonly Cells[]): string {
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/**
 * Prefixes an apostrophe to cells that a spreadsheet would read as a formula, except numbers. In
 * China, full-width signs start formulas, too.
 */
function cell(value: string | number | undefined): string {
  const text = String(value ?? "");
  const inert =
    /^[=+\-@\t\r＝＋－＠]/u.test(text) && !/^-?\d+(\.\d+)?$/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
