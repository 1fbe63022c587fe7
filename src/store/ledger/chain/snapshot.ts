/** A ledger's bytes as they are at one moment. */
export interface Snapshot {
  readonly size: number;
  /** The bytes from one offset up to another, in pieces of any size. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
  /** Appends are there whole or not at all: one that is broken off is no accident. */
  readonly atomic?: true;
}
