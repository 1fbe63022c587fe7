/** Whole lines of a ledger, and the offset after the last one. */
export interface Lines {
  readonly lines: readonly string[];
  readonly end: number;
}

/** A line and its offsets. */
export interface PlacedLine {
  readonly line: string;
  readonly start: number;
  readonly end: number;
}

/** How much a line adds to the ledger's offset: bytes in a file, rows in a table. */
export type Measure = (line: string) => number;

/** A ledger at one moment: lines with one entry each, at offsets that grow from 0. */
export interface Snapshot {
  /** The offset after all content, including an incomplete line. */
  readonly end: number;
  readonly measure: Measure;
  /** The whole lines after an offset, in order, in batches. */
  lines(from: number): AsyncIterable<Lines>;
  firstLine(): Promise<string | undefined>;
  /** The last whole line that ends at or before an offset. */
  lastLine(before: number): Promise<PlacedLine | undefined>;
  /** Appends are stored completely or not at all: an incomplete one is an error. */
  readonly atomic?: true;
}
