import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonical, sha256 } from "../../../model/values/digest.ts";
import type { Hash } from "../../../model/ledger/ledger.ts";
import { ownSum } from "../../cache/machine-key.ts";
import { replaceFile } from "../../files/atomic-write.ts";

/** An append's end, as it was seen. */
export interface SeenHead {
  readonly offset: number;
  readonly seq: number;
  readonly head: Hash;
}

/** What a machine remembers of a ledger, in the state folder. It believes what it wrote itself, and not what a branch brings along. */
export interface LedgerMemory {
  /** The id the ledger gets when it is founded, the same until then; empty where it cannot be kept. */
  plannedId(): string;
  seen(): SeenHead | undefined;
  /** The file in which that is kept. */
  readonly place: string;
  saw(end: SeenHead): void;
}

/** What is remembered of the ledger that is called like this. */
export function ledgerMemory(stateFolder: string, where: string): LedgerMemory {
  const name = join(stateFolder, "ledgers", sha256(where).slice(0, 16));
  const [idFile, seenFile] = [`${name}.id.json`, `${name}.seen.json`];
  return {
    plannedId: () => {
      const found = read<{ readonly id: string }>(idFile, where);
      if (found) return found.id;
      // Of two that plan at the same time the first one's counts.
      const fact = { id: randomUUID() };
      write(idFile, { where, fact, keep: true });
      if (!read(idFile, where)) write(idFile, { where, fact });
      return read<{ readonly id: string }>(idFile, where)?.id ?? "";
    },
    place: seenFile,
    seen: () => read<SeenHead>(seenFile, where),
    saw: ({ offset, seq, head }) => write(seenFile, { where, fact: { offset, seq, head } }),
  };
}

function read<T>(file: string, where: string): T | undefined {
  try {
    const { sum, ...fact } = JSON.parse(readFileSync(file, "utf8"));
    return sum === sumOf(where, fact) ? fact : undefined;
  } catch {
    return undefined;
  }
}

/** What cannot be kept is only not known the next time. */
function write(file: string, { where, fact, keep }: { readonly where: string; readonly fact: object; readonly keep?: true }): void {
  const text = `${JSON.stringify({ ...fact, sum: sumOf(where, fact) })}\n`;
  try {
    replaceFile(file, text, { mode: 0o600, volatile: true, ...(keep && { keep }) });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}

/** Empty where this machine has no key of its own. */
function sumOf(where: string, fact: object): string {
  return (
    ownSum()
      ?.update(canonical([where, fact]))
      .digest("hex") ?? ""
  );
}
