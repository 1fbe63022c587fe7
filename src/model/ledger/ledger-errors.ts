import type { Diagnostic } from "../diagnostic.ts";

/** It cannot be read or written as things are: a full disk, a read-only folder, a remote that is not there or refuses. The head is what it was. */
export class LedgerUnavailable extends Error {
  override readonly name = "LedgerUnavailable";
}

/** Somebody else appended first. */
export class LedgerMoved extends Error {
  override readonly name = "LedgerMoved";
}

/** The record itself cannot be believed: a broken chain, a line that is not an entry or not signed, a torn line that is not the last. */
export class LedgerBroken extends Error {
  override readonly name = "LedgerBroken";
  readonly seq: number;

  constructor(message: string, seq: number) {
    super(message);
    this.seq = seq;
  }
}

/** It is not to be written with this key, or for this account, or something that was seen in it is gone. Nothing was written. */
export class LedgerRefused extends Error {
  override readonly name = "LedgerRefused";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}
