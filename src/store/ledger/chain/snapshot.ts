/** Whole lines of a ledger, and the place behind the last of them. */
export interface Lines {
  readonly lines: readonly string[];
  readonly end: number;
}

/** A line and where it stands. */
export interface PlacedLine {
  readonly line: string;
  readonly start: number;
  readonly end: number;
}

/** How far a ledger reaches with a line, as it counts: the bytes of a file, the rows of a table. */
export type Measure = (line: string) => number;

/** A ledger as it is at one moment: lines that each hold an entry, at places that grow from 0. */
export interface Snapshot {
  /** The place behind all that is there, also what is no whole line. */
  readonly end: number;
  readonly measure: Measure;
  /** The whole lines behind a place, in order, some at a time. */
  lines(from: number): AsyncIterable<Lines>;
  firstLine(): Promise<string | undefined>;
  /** The last whole line that ends at or before a place. */
  lastLine(before: number): Promise<PlacedLine | undefined>;
  /** Appends are there whole or not at all: one that is broken off is no accident. */
  readonly atomic?: true;
}
