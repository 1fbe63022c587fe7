import { type Entry, type Hash, type Ledger, LedgerBroken, type LedgerReader, noHash } from "../../model/ledger.ts";
import { say } from "../../model/say.ts";
import { type Batch, beginning, type Position, parseLine, readChain } from "./chain.ts";

/** A ledger's bytes as they are at one moment. */
export interface Snapshot {
  readonly size: number;
  /** The bytes from one offset up to another, in pieces of any size. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** A ledger whose bytes can be looked at. */
export interface StoredLedger extends Ledger {
  /** Which one it is, in words for people: a file, or a remote and a branch. */
  readonly where: string;
  snapshot(): Promise<Snapshot>;
}

/** What every stored ledger reads alike. */
export function readerOf(snapshot: () => Promise<Snapshot>): LedgerReader {
  let id = "";
  return {
    id: async () => {
      id ||= await founded(await snapshot());
      return id;
    },
    head: async () => (await lastPosition(await snapshot())).head,
    entries: (after) => entriesAfter(snapshot, after ?? noHash),
  };
}

/** The chain behind a position, as it is now. */
export function batches(snapshot: Snapshot, from: Position = beginning): AsyncIterable<Batch> {
  return readChain(snapshot.read(from.offset, snapshot.size), from);
}

/** The position behind the last whole line; that line's own hash is checked, what comes before is not read. */
export async function lastPosition(snapshot: Snapshot): Promise<Position> {
  const found = await lastLine(snapshot, snapshot.size);
  if (!found) return beginning;
  const entry = parseLine(found.line);
  if ("wrong" in entry) throw new LedgerBroken(say`the last line ${entry.wrong}`, 0);
  return { offset: found.end, seq: entry.seq, head: entry.hash };
}

/** Whether the ledger still has that entry at that place. */
export async function stands(snapshot: Snapshot, position: Position): Promise<boolean> {
  if (position.offset > snapshot.size) return false;
  const found = await lastLine(snapshot, position.offset);
  if (!found) return position.offset === 0 && position.head === noHash;
  const entry = parseLine(found.line);
  return found.end === position.offset && !("wrong" in entry) && entry.hash === position.head && entry.seq === position.seq;
}

async function* entriesAfter(snapshot: () => Promise<Snapshot>, after: Hash): AsyncGenerator<Entry> {
  let found = after === noHash;
  let last = 0;
  for await (const { entries, end } of batches(await snapshot())) {
    last = end.seq;
    for (const entry of entries) {
      if (found) yield entry;
      else found = entry.hash === after;
    }
  }
  if (!found) throw new LedgerBroken(say`entry ${after} is not in this ledger`, last);
}

async function founded(snapshot: Snapshot): Promise<string> {
  for await (const { entries } of batches({ ...snapshot, size: Math.min(snapshot.size, 4096) })) {
    if (entries[0]?.type === "founded") return entries[0].id;
    throw new LedgerBroken(say`the first line does not found a ledger`, 1);
  }
  return "";
}

/** The last whole line that ends at or before an offset, and where it ends. */
async function lastLine(snapshot: Snapshot, before: number): Promise<{ readonly line: string; readonly end: number } | undefined> {
  for (let window = 8_192; ; window *= 4) {
    const from = Math.max(0, before - window);
    const bytes = await all(snapshot.read(from, before));
    const end = bytes.lastIndexOf(10);
    const start = end <= 0 ? -1 : bytes.lastIndexOf(10, end - 1);
    if (end >= 0 && (start >= 0 || from === 0)) return { line: bytes.toString("utf8", start + 1, end), end: from + end + 1 };
    if (from === 0) return undefined;
  }
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return Buffer.concat(found);
}
