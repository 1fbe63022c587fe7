import { AdapterError, type Problem } from "../model/adapter.ts";
import { SinkUnavailable } from "../model/credential.ts";
import { LedgerBroken, LedgerMoved, LedgerUnavailable } from "../model/ledger.ts";

const advice: Readonly<Record<Problem, string>> = {
  denied: "The account refused this; check who you are signed in as and what they may do (partnerctl check).",
  missing: "It is not there any more; plan again.",
  conflict: "Somebody changed it meanwhile; plan again.",
  throttled: "The account asks for fewer requests; try again later.",
  rejected: "The account does not accept this.",
  unavailable: "The account could not be reached; nothing was changed. Try again.",
  "unknown-outcome": "It may or may not have happened; plan again, which looks for it.",
};

const systemCodes: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "no such file or folder",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than it may be",
  EEXIST: "a file stands where a folder is needed",
  EISDIR: "that is a folder",
  ENOTDIR: "a file stands where a folder is needed",
  EMFILE: "too many open files",
};

/** What to tell the user of a throw that reached the top: plain words where it is known trouble, the stack and a plea where it is a bug of ours. */
export function settled(error: unknown, version: string): string {
  if (error instanceof AdapterError) return `Error: ${error.message}\n${advice[error.problem]}\n`;
  if (error instanceof SinkUnavailable) return `Error: ${error.message}\n`;
  if (error instanceof LedgerUnavailable) return `Error: ${error.message}\nNothing that was not recorded was done.\n`;
  if (error instanceof LedgerMoved) return `Error: ${error.message}\nAnother run wrote to the ledger at the same moment; run this again.\n`;
  if (error instanceof LedgerBroken)
    return `Error: the ledger cannot be believed: ${error.message} (entry ${error.seq})\npartnerctl verify shows what is wrong with it.\n`;
  const code = systemCode(error);
  if (code !== undefined) return `Error: ${systemCodes[code]}: ${(error as NodeJS.ErrnoException).path ?? (error as Error).message}\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\nThis is a bug in partnerctl ${version}, not in your manifests. Please report it, with the lines above.\n`;
}

function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && Object.hasOwn(systemCodes, code) ? code : undefined;
}
