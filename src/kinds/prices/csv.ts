/** A row of a CSV text: its unquoted cells, and the line where it starts, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Where each cell starts in the text. */
  readonly starts: readonly number[];
}

/** A character that separates the cells of a row. */
export type Delimiter = "," | ";" | "\t";

const patterns: Readonly<Record<Delimiter, string>> = {
  ",": '(?:"([^"]*(?:""[^"]*)*)"|([^",\\r\\n]*))(,|\\r\\n|\\n|\\r|$)',
  ";": '(?:"([^"]*(?:""[^"]*)*)"|([^";\\r\\n]*))(;|\\r\\n|\\n|\\r|$)',
  "\t": '(?:"([^"]*(?:""[^"]*)*)"|([^"\\t\\r\\n]*))(\\t|\\r\\n|\\n|\\r|$)',
};

/**
 * Parses a CSV text (RFC 4180, any line break, with or without a byte order mark) and skips blank
 * rows. `broken` is the line of a quote that is not closed or is followed by text; parsing stops
 * there.
 */
export function rows(
  text: string,
  delimiter: Delimiter = ",",
): { readonly rows: readonly CsvRow[]; readonly broken?: number } {
  const cell = new RegExp(patterns[delimiter], "y");
  cell.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  const found: CsvRow[] = [];
  let cells: string[] = [];
  let starts: number[] = [];
  let line = 1;
  let start = 1;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) return { rows: found, broken: line };
    const [whole, quoted, plain = "", end] = match;
    starts.push(at);
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === delimiter) continue;
    if (cells.some((one) => one.trim() !== "")) found.push({ line: start, cells, starts });
    [cells, starts] = [[], []];
    start = line;
  }
  return { rows: found };
}
