import { canonical, sha256 } from "../../model/digest.ts";
import { type Entry, type Event, type Hash, LedgerBroken, noHash } from "../../model/ledger.ts";
import { say } from "../../model/say.ts";

/** The place behind an entry: its number, its hash, and how many bytes of the ledger end with its line. */
export interface Position {
  readonly offset: number;
  readonly seq: number;
  readonly head: Hash;
}

/** The place before the first entry. */
export const beginning: Position = { offset: 0, seq: 0, head: noHash };

/** Events as lines of the chain, and the position behind them. */
export function chain(events: readonly Event[], after: Position): { readonly text: string; readonly end: Position } {
  let { seq, head } = after;
  const lines = events.map((event) => {
    seq += 1;
    const body = { ...event, seq, prev: head };
    head = sha256(canonical(body));
    return `${canonical({ ...body, hash: head })}\n`;
  });
  const text = lines.join("");
  return { text, end: { offset: after.offset + Buffer.byteLength(text), seq, head } };
}

/** The entry a line holds, if its own hash is right; the reason why not otherwise. A line is canonical JSON, so cutting its hash out gives what was hashed. */
export function parseLine(line: string): Entry | { readonly wrong: string } {
  let entry: Partial<Entry>;
  try {
    entry = JSON.parse(line);
  } catch {
    return { wrong: say`is not JSON` };
  }
  if (typeof entry?.hash !== "string" || typeof entry.seq !== "number" || typeof entry.type !== "string")
    return { wrong: say`is not an entry` };
  if (sha256(line.replace(`"hash":"${entry.hash}",`, "")) !== entry.hash)
    return { wrong: say`was edited: its hash is not the hash of what it says` };
  if (entry.type === "founded" && entry.version !== 1) return { wrong: say`was written by a newer version (format ${entry.version})` };
  return entry as Entry;
}

/** The entry of a line that has to follow a position. Throws LedgerBroken. */
export function entryAfter(before: Pick<Position, "seq" | "head">, line: string): Entry {
  const entry = parseLine(line);
  const number = before.seq + 1;
  if ("wrong" in entry) throw new LedgerBroken(say`line ${number} ${entry.wrong}`, number);
  if (entry.seq !== number) throw new LedgerBroken(say`line ${number} holds entry ${entry.seq}: entries were dropped or moved`, number);
  if (entry.prev !== before.head) throw new LedgerBroken(say`entry ${number} does not follow the one before it`, number);
  return entry;
}

/** Lines that were written to their end, and how many bytes end with the last of them. */
export interface Lines {
  readonly lines: readonly string[];
  readonly end: number;
}

/** Bytes cut into whole lines, some at a time. What follows the last line break is left out: it was not written to its end. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<Lines> {
  let rest: Uint8Array[] = [];
  let end = offset;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(10);
    if (last < 0) {
      rest.push(chunk);
      continue;
    }
    const bytes = Buffer.concat([...rest, chunk.subarray(0, last)]);
    rest = last + 1 < chunk.length ? [chunk.slice(last + 1)] : [];
    end += bytes.length + 1;
    yield { lines: bytes.toString("utf8").split("\n"), end };
  }
}

/** Entries in order, each checked against the one before, and the position behind the last of them. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly end: Position;
}

/** The chain behind a position. Throws LedgerBroken where it does not hold. */
export async function* readChain(chunks: AsyncIterable<Uint8Array>, from: Position): AsyncGenerator<Batch> {
  let before: Pick<Position, "seq" | "head"> = from;
  for await (const { lines, end } of wholeLines(chunks, from.offset)) {
    const entries = lines.map((line) => {
      const entry = entryAfter(before, line);
      before = { seq: entry.seq, head: entry.hash };
      return entry;
    });
    yield { entries, end: { ...before, offset: end } };
  }
}
