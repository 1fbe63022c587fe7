/** One row of a CSV text: its cells without their quotes, and the line it starts on, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What may stand between the cells of a row. */
export type Delimiter = "," | ";" | "\t";

const patterns: Readonly<Record<Delimiter, string>> = {
  ",": '(?:"([^"]*(?:""[^"]*)*)"|([^",\\r\\n]*))(,|\\r\\n|\\n|\\r|$)',
  ";": '(?:"([^"]*(?:""[^"]*)*)"|([^";\\r\\n]*))(;|\\r\\n|\\n|\\r|$)',
  "\t": '(?:"([^"]*(?:""[^"]*)*)"|([^"\\t\\r\\n]*))(\\t|\\r\\n|\\n|\\r|$)',
};

/** The rows of a CSV text (RFC 4180, any line break, a byte order mark allowed); blank lines are left out. `broken` is the line of a quote that does not close or is followed by text. */
export function rows(text: string, delimiter: Delimiter = ","): { readonly rows: readonly CsvRow[]; readonly broken?: number } {
  const cell = new RegExp(patterns[delimiter], "y");
  cell.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  const found: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (match === null) return { rows: found, broken: line };
    const [whole, quoted, plain = "", end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === delimiter) continue;
    if (cells.some((one) => one.trim() !== "")) found.push({ line: start, cells });
    cells = [];
    start = line;
  }
  return { rows: found };
}
