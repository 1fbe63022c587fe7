import type { Diagnostic } from "../diagnostic.ts";

/**
 * The ledger cannot be read or written now: a full disk, a read-only folder, a remote that is
 * unreachable or refuses. The head has not changed.
 */
export class LedgerUnavailable extends Error {
  override readonly name = "LedgerUnavailable";
}

/** Another process appended first. */
export class LedgerMoved extends Error {
  override readonly name = "LedgerMoved";
}

/**
 * The ledger failed its integrity check: a broken chain, an invalid or unsigned line, an incomplete
 * line that is not the last.
 */
export class LedgerBroken extends Error {
  override readonly name = "LedgerBroken";
  readonly seq: number;

  constructor(message: string, seq: number) {
    super(message);
    this.seq = seq;
  }
}

/**
 * Writing is refused, for the reason in `diagnostic`: for example another key or account, or
 * entries that were seen before are missing. Nothing was written.
 */
export class LedgerRefused extends Error {
  override readonly name = "LedgerRefused";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}
