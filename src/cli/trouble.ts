import { AdapterError, type Problem } from "../model/adapter.ts";
import { SinkUnavailable } from "../model/credential.ts";
import { LedgerBroken, LedgerMoved, LedgerUnavailable } from "../model/ledger.ts";
import { say } from "../model/say.ts";

const advice: Readonly<Record<Problem, string>> = {
  denied: say`The account refused this; check who you are signed in as and what they may do (partnerctl check).`,
  missing: say`It is not there any more; plan again.`,
  conflict: say`Somebody changed it meanwhile; plan again.`,
  throttled: say`The account asks for fewer requests; try again later.`,
  rejected: say`The account does not accept this.`,
  unavailable: say`The account could not be reached; nothing was changed. Try again.`,
  "unknown-outcome": say`It may or may not have happened; plan again, which looks for it.`,
};

const systemCodes: Readonly<Record<string, string>> = {
  EACCES: say`permission denied`,
  EPERM: say`not permitted`,
  EROFS: say`the file system is read-only`,
  ENOSPC: say`the disk is full`,
  ENOENT: say`no such file or folder`,
  EDQUOT: say`the disk quota is used up`,
  EFBIG: say`the file would be larger than it may be`,
  EEXIST: say`a file stands where a folder is needed`,
  EISDIR: say`that is a folder`,
  ENOTDIR: say`a file stands where a folder is needed`,
  EMFILE: say`too many open files`,
};

/** What to tell the user of a throw that reached the top: plain words where it is known trouble, the stack and a plea where it is a bug of ours. */
export function settled(error: unknown, version: string): string {
  if (error instanceof AdapterError) return lines(say`Error: ${error.message}`, advice[error.problem]);
  if (error instanceof SinkUnavailable) return lines(say`Error: ${error.message}`);
  if (error instanceof LedgerUnavailable) return lines(say`Error: ${error.message}`, say`Nothing that was not recorded was done.`);
  if (error instanceof LedgerMoved)
    return lines(say`Error: ${error.message}`, say`Another run wrote to the ledger at the same moment; run this again.`);
  if (error instanceof LedgerBroken)
    return lines(
      say`Error: the ledger cannot be believed: ${error.message} (entry ${error.seq})`,
      say`partnerctl verify shows what is wrong with it.`,
    );
  const code = systemCode(error);
  if (code !== undefined)
    return lines(say`Error: ${`${systemCodes[code]}: ${(error as NodeJS.ErrnoException).path ?? (error as Error).message}`}`);
  return lines(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    "",
    say`This is a bug in partnerctl ${version}, not in your manifests. Please report it, with the lines above.`,
  );
}

function lines(...told: readonly string[]): string {
  return `${told.join("\n")}\n`;
}

function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && Object.hasOwn(systemCodes, code) ? code : undefined;
}
