import type { Diagnostic } from "../diagnostic.ts";
import type { Wording } from "../text/phrase.ts";
import { textOf } from "../text/recorded.ts";
import { WordedError } from "../text/worded-error.ts";

/**
 * The ledger cannot be read or written now: a full disk, a read-only folder, a remote that is
 * unreachable or refuses. The head has not changed.
 */
export class LedgerUnavailable extends WordedError {
  override readonly name = "LedgerUnavailable";
}

/** Another process appended first. */
export class LedgerMoved extends WordedError {
  override readonly name = "LedgerMoved";
}

/**
 * The ledger failed its integrity check: a broken chain, an invalid or unsigned line, an incomplete
 * line that is not the last.
 */
export class LedgerBroken extends WordedError {
  override readonly name = "LedgerBroken";
  readonly seq: number;

  constructor(wording: Wording, seq: number) {
    super(wording);
    this.seq = seq;
  }
}

/**
 * Writing is refused, for the reason in `diagnostic`: for example another key or account, or
 * entries that were seen before are missing. Nothing was written.
 */
export class LedgerRefused extends WordedError {
  override readonly name = "LedgerRefused";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(textOf(diagnostic, "message"));
    this.diagnostic = diagnostic;
  }
}
