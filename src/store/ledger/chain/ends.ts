import { type Entry, LedgerBroken, noHash } from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/phrase.ts";
import { type Position, parseLine } from "./chain.ts";
import type { Snapshot } from "./snapshot.ts";

/** The last complete append of a ledger: the position after it, and its last line. */
export interface LastAppend {
  readonly position: Position;
  readonly line: string;
}

/**
 * The entry that founds a ledger; undefined if the ledger is empty. Throws LedgerBroken if the
 * first line is not such an entry.
 */
export async function firstEntry(
  snapshot: Snapshot,
): Promise<(Entry & { readonly type: "founded" }) | undefined> {
  const line = await snapshot.firstLine();
  if (line === undefined) return undefined;
  const entry = parseLine(line);
  if ("wrong" in entry) throw new LedgerBroken(say`Line ${1} ${entry.wrong}.`, 1);
  if (entry.type !== "founded")
    throw new LedgerBroken(say`The first line does not found a ledger.`, 1);
  return entry;
}

/**
 * Finds the last complete append; undefined if there is none. Checks its last line's hash and reads
 * nothing before it. Throws LedgerBroken if anything but an incomplete append follows.
 */
export async function lastAppend(snapshot: Snapshot): Promise<LastAppend | undefined> {
  const rest: string[] = [];
  for (let before = snapshot.end; ; ) {
    const found = await snapshot.lastLine(before);
    if (!found) return nothingBut(rest);
    const entry = entryOf(found.line);
    if (entry.appendSignature !== undefined) {
      unfinished(rest);
      return {
        position: { offset: found.end, seq: entry.seq, head: entry.hash },
        line: found.line,
      };
    }
    rest.unshift(found.line);
    before = found.start;
  }
}

/** Whether the ledger still has the entry with this hash and number at this offset. */
export async function stands(snapshot: Snapshot, position: Position): Promise<boolean> {
  if (position.offset > snapshot.end) return false;
  const found = await snapshot.lastLine(position.offset);
  if (!found) return position.offset === 0 && position.head === noHash;
  const entry = parseLine(found.line);
  return (
    found.end === position.offset &&
    !("wrong" in entry) &&
    entry.hash === position.head &&
    entry.seq === position.seq
  );
}

function entryOf(line: string): Entry {
  const entry = parseLine(line);
  if ("wrong" in entry) throw new LedgerBroken(say`The last line ${entry.wrong}.`, 0);
  return entry;
}

function nothingBut(rest: readonly string[]): undefined {
  unfinished(rest);
  return undefined;
}

/** Only an incomplete append may follow the last signed line. */
function unfinished([first, ...others]: readonly string[]): void {
  if (first === undefined) return;
  const { seq, appendLines = 1 } = entryOf(first);
  if (appendLines <= others.length + 1)
    throw new LedgerBroken(say`Entry ${seq} is not signed.`, seq);
}
