import { AdapterError, type Problem } from "../../model/adapter.ts";
import { SinkUnavailable } from "../../model/credential.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { LedgerBroken, LedgerMoved, LedgerRefused, LedgerUnavailable } from "../../model/ledger/ledger.ts";
import { say } from "../../model/text/say.ts";
import { systemReason } from "../../model/system-error.ts";
import { exitStatus, statusOf } from "./exit-status.ts";

const advice: Readonly<Record<Problem, string>> = {
  denied: say`The account refused this; check who you are signed in as and what they may do (partnerctl check).`,
  missing: say`It is not there any more; plan again.`,
  conflict: say`Somebody changed it meanwhile; plan again.`,
  throttled: say`The account asks for fewer requests; try again later.`,
  rejected: say`The account does not accept this.`,
  unavailable: say`The account could not be reached; nothing was changed. Try again.`,
  "unknown-outcome": say`It may or may not have happened; plan again, which looks for it.`,
};

/** What is wrong with a ledger that was read, as a diagnostic; undefined for any other throw. */
export function ledgerTrouble(error: unknown): Diagnostic | undefined {
  if (error instanceof LedgerRefused) return error.diagnostic;
  if (!(error instanceof LedgerBroken)) return undefined;
  return {
    severity: "error",
    code: "ledger/broken",
    message: say`The ledger cannot be believed: ${error.message} (entry ${error.seq}).`,
    hint: say`partnerctl ledger verify shows what is wrong with it, and partnerctl ledger repair brings back what is signed.`,
  };
}

/** Trouble with a ledger, a sink or a backend that reached the top, as a diagnostic; undefined for any other throw. */
export function knownTrouble(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  const told = { severity: "error", message } as const;
  if (error instanceof AdapterError) return { ...told, code: `backend/${error.problem}`, hint: error.hint ?? advice[error.problem] };
  if (error instanceof SinkUnavailable) return { ...told, code: "credentials/unavailable" };
  if (error instanceof LedgerUnavailable)
    return { ...told, code: "ledger/unavailable", hint: say`Nothing that was not recorded was done.` };
  if (error instanceof LedgerMoved)
    return { ...told, code: "ledger/moved", hint: say`Another run wrote to the ledger at the same moment; run this again.` };
  return undefined;
}

/** The exit status after a throw: whoever loses the lease is kept out by another run, and a backend may be out of reach. */
export function statusAfter(error: unknown): number {
  const known = knownTrouble(error);
  if (error instanceof LedgerMoved) return exitStatus.locked;
  return known === undefined ? exitStatus.error : statusOf([known]);
}

/** What to tell the user of a throw that reached the top: plain words where it is known trouble, the stack and a plea where it is a bug of ours. */
export function describeError(error: unknown, version: string): string {
  const known = knownTrouble(error);
  if (known) return lines(say`Error: ${known.message}`, ...(known.hint === undefined ? [] : [known.hint]));
  const reason = systemReason(error);
  if (reason !== undefined) return lines(say`Error: ${`${reason}: ${(error as NodeJS.ErrnoException).path ?? (error as Error).message}`}`);
  return lines(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    "",
    say`This is a bug in partnerctl ${version}, not in your manifests. Please report it, with the lines above.`,
  );
}

function lines(...told: readonly string[]): string {
  return `${told.join("\n")}\n`;
}
