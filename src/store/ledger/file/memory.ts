import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { canonical, sha256 } from "../../../model/values/digest.ts";
import type { Hash } from "../../../model/ledger/ledger.ts";
import { ownSum } from "../../cache/machine-key.ts";
import { replaceFile } from "../../files/atomic-write.ts";

/** The end of an append that this machine has seen. */
export interface SeenHead {
  readonly offset: number;
  readonly seq: number;
  readonly head: Hash;
}

/**
 * What this machine remembers of a ledger, in the state folder. Only files that this machine wrote
 * are trusted: a branch may contain forged ones. Without a machine key, a file counts only in the
 * folder that it was written to: nobody who forges one knows that folder's inode.
 */
export interface LedgerMemory {
  /**
   * The id for a ledger that is not founded yet, stable until then. If it cannot be stored, it is
   * stable in this process only.
   */
  plannedId(): string;
  seen(): SeenHead | undefined;
  /** The path of the file that stores `seen`. */
  readonly place: string;
  saw(end: SeenHead): void;
}

/** The memory of the ledger with this name. */
export function ledgerMemory(stateFolder: string, where: string): LedgerMemory {
  const name = join(stateFolder, "ledgers", sha256(where).slice(0, 16));
  const [idFile, seenFile] = [`${name}.id.json`, `${name}.seen.json`];
  return {
    plannedId: () => {
      const found = read<{ readonly id: string }>(idFile, where);
      if (found) return found.id;
      // If two processes plan at the same time, the first one's id wins.
      const fact = { id: randomUUID() };
      write(idFile, { where, fact, keep: true });
      if (!read(idFile, where)) write(idFile, { where, fact });
      return read<{ readonly id: string }>(idFile, where)?.id ?? unstoredId(idFile);
    },
    place: seenFile,
    seen: () => read<SeenHead>(seenFile, where),
    saw: ({ offset, seq, head }) => write(seenFile, { where, fact: { offset, seq, head } }),
  };
}

const unstored = new Map<string, string>();

function unstoredId(idFile: string): string {
  const id = unstored.get(idFile) ?? randomUUID();
  unstored.set(idFile, id);
  return id;
}

function read<T>(file: string, where: string): T | undefined {
  try {
    const { sum, ...fact } = JSON.parse(readFileSync(file, "utf8"));
    return sum !== undefined && sum === sumOf(file, where, fact) ? fact : undefined;
  } catch {
    return undefined;
  }
}

/** Failure to write is not an error: the fact is then unknown next time. */
function write(
  file: string,
  { where, fact, keep }: { readonly where: string; readonly fact: object; readonly keep?: true },
): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const sum = sumOf(file, where, fact);
    replaceFile(file, `${JSON.stringify({ ...fact, sum })}\n`, {
      mode: 0o600,
      volatile: true,
      ...(keep && { keep }),
    });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}

function sumOf(file: string, where: string, fact: object): string {
  const key = ownSum();
  if (key) return key.update(canonical([where, fact])).digest("hex");
  const { dev, ino } = statSync(dirname(file));
  return sha256(canonical([where, fact, String(dev), String(ino)]));
}
