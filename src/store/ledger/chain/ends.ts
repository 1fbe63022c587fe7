import { type Entry, LedgerBroken, noHash } from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/say.ts";
import { type Position, parseLine } from "./chain.ts";
import type { Snapshot } from "./snapshot.ts";

/** The last append of a ledger that is there to its end: the position behind it, and its last line. */
export interface LastAppend {
  readonly position: Position;
  readonly line: string;
}

/** The entry that founds a ledger; undefined where there is none yet. Throws LedgerBroken where another stands there. */
export async function firstEntry(snapshot: Snapshot): Promise<(Entry & { readonly type: "founded" }) | undefined> {
  const line = await snapshot.firstLine();
  if (line === undefined) return undefined;
  const entry = parseLine(line);
  if ("wrong" in entry) throw new LedgerBroken(say`line ${1} ${entry.wrong}`, 1);
  if (entry.type !== "founded") throw new LedgerBroken(say`the first line does not found a ledger`, 1);
  return entry;
}

/** The last append that is there to its end: its last line's own hash is checked, what comes before is not read. Undefined where there is none. Throws LedgerBroken where what follows it is not the beginning of another. */
export async function lastAppend(snapshot: Snapshot): Promise<LastAppend | undefined> {
  const rest: string[] = [];
  for (let before = snapshot.end; ; ) {
    const found = await snapshot.lastLine(before);
    if (!found) return nothingBut(rest);
    const entry = entryOf(found.line);
    if (entry.appendSignature !== undefined) {
      unfinished(rest);
      return { position: { offset: found.end, seq: entry.seq, head: entry.hash }, line: found.line };
    }
    rest.unshift(found.line);
    before = found.start;
  }
}

/** Whether the ledger still has that entry at that place. */
export async function stands(snapshot: Snapshot, position: Position): Promise<boolean> {
  if (position.offset > snapshot.end) return false;
  const found = await snapshot.lastLine(position.offset);
  if (!found) return position.offset === 0 && position.head === noHash;
  const entry = parseLine(found.line);
  return found.end === position.offset && !("wrong" in entry) && entry.hash === position.head && entry.seq === position.seq;
}

function entryOf(line: string): Entry {
  const entry = parseLine(line);
  if ("wrong" in entry) throw new LedgerBroken(say`the last line ${entry.wrong}`, 0);
  return entry;
}

function nothingBut(rest: readonly string[]): undefined {
  unfinished(rest);
  return undefined;
}

/** What follows the last signed line may only be the beginning of an append that was broken off. */
function unfinished([first, ...others]: readonly string[]): void {
  if (first === undefined) return;
  const { seq, appendLines = 1 } = entryOf(first);
  if (appendLines <= others.length + 1) throw new LedgerBroken(say`entry ${seq} is not signed`, seq);
}
