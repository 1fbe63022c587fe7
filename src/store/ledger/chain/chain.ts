import { canonical, sha256 } from "../../../model/values/digest.ts";
import {
  type Entry,
  type Event,
  type Hash,
  LedgerBroken,
  noHash,
} from "../../../model/ledger/ledger.ts";
import type { SigningKey } from "../../../model/ledger/ledger-keys.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { ledgerEntry } from "../generated/entry-validator.js";
import type { Measure, Snapshot } from "./snapshot.ts";
import { signatureOf, type Trust, trustBehind } from "./signing.ts";

/**
 * The position after an append: the offset, the number and hash of the last entry, and the trust
 * from there on.
 */
export interface Position {
  readonly offset: number;
  readonly seq: number;
  readonly head: Hash;
  /** Omitted before the first entry. */
  readonly trust?: Trust;
}

/** The position before the first entry. */
export const beginning: Position = { offset: 0, seq: 0, head: noHash };

/** Lines to append, and the position after them. */
export interface Appended {
  readonly lines: readonly string[];
  readonly end: Position;
}

/**
 * Turns events into the signed lines of one append. Throws Error if an event does not match its
 * schema.
 */
export function chain(
  events: readonly Event[],
  after: Position,
  { key, measure }: { readonly key: SigningKey; readonly measure: Measure },
): Appended {
  let { seq, head, offset } = after;
  const trust = trustOf(events, after.trust);
  const lines = events.map((event, index) => {
    seq += 1;
    const body = {
      ...event,
      seq,
      prev: head,
      ...(index === 0 && events.length > 1 && { appendLines: events.length }),
    };
    const signed =
      index < events.length - 1
        ? body
        : { ...body, appendSignature: signatureOf(key, trust, canonical(body)) };
    head = sha256(canonical(signed));
    const entry = { ...signed, hash: head };
    if (!ledgerEntry(entry)) throw new Error(`an event that is none: ${faultOf()}`);
    const line = canonical(entry);
    offset += measure(line);
    return line;
  });
  return { lines, end: { offset, seq, head, trust } };
}

/** The trust under which an append is signed. Readers verify it themselves. */
function trustOf([first]: readonly Event[], before: Trust | undefined): Trust {
  if (before && first?.type !== "rekeyed") return before;
  if (before && first?.type === "rekeyed") return { ...before, keys: [...before.keys, first.key] };
  if (first?.type !== "founded") throw new Error("a ledger that was not founded cannot be written");
  return { ledger: first.id, account: first.account.id, keys: [first.key] };
}

/**
 * Parses a line. Returns `wrong` if its hash is incorrect or it does not match the schema. A line
 * is canonical JSON: removing its hash gives the text that was hashed.
 */
export function parseLine(
  line: string,
): Entry | { readonly wrong: Wording; readonly edited?: true } {
  let entry: Partial<Entry>;
  try {
    entry = JSON.parse(line);
  } catch {
    return { wrong: say`is not JSON` };
  }
  if (
    typeof entry?.hash !== "string" ||
    typeof entry.seq !== "number" ||
    typeof entry.type !== "string"
  )
    return { wrong: say`is not an entry` };
  if (sha256(line.replace(`"hash":"${entry.hash}",`, "")) !== entry.hash)
    return { wrong: say`was edited: its hash is not the hash of what it says`, edited: true };
  if (entry.type === "founded" && entry.version !== 1)
    return { wrong: say`was written by a newer version (format ${String(entry.version)})` };
  return ledgerEntry(entry) ? (entry as Entry) : { wrong: say`is not an entry: ${faultOf()}` };
}

function faultOf(): string {
  const [first] = ledgerEntry.errors ?? [];
  return `${first?.instancePath ?? ""} ${first?.message ?? ""}`.trim();
}

/**
 * Parses the line that must follow a position. Throws LedgerBroken if it is invalid or does not
 * follow.
 */
export function entryAfter(before: Pick<Position, "seq" | "head">, line: string): Entry {
  const entry = parseLine(line);
  const number = before.seq + 1;
  if ("wrong" in entry) throw new LedgerBroken(say`Line ${number} ${entry.wrong}.`, number);
  if (entry.seq !== number)
    throw new LedgerBroken(
      say`Line ${number} holds entry ${entry.seq}: entries were dropped or moved.`,
      number,
    );
  if (entry.prev !== before.head)
    throw new LedgerBroken(say`Entry ${number} does not follow the one before it.`, number);
  return entry;
}

/**
 * Why the last of these entries cannot be at its place in its append; undefined if it can. `append`
 * contains the append's entries so far.
 */
export function findMisplacement(append: readonly Entry[]): string | undefined {
  const entry = append.at(-1);
  const lines = append[0]?.appendLines ?? 1;
  if (append.length > 1 && entry?.appendLines !== undefined)
    return say`begins an append before the one before it has ended`;
  if (append.length < lines && entry?.appendSignature !== undefined)
    return say`ends an append too early`;
  return append.length === lines && entry?.appendSignature === undefined
    ? say`is not signed`
    : undefined;
}

/** Whether an append has all of its lines. */
export function isWhole(append: readonly Entry[]): boolean {
  return append.length === (append[0]?.appendLines ?? 1);
}

/** Verified entries in order, and the position after the last one. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly end: Position;
}

/**
 * Reads the chain after a position and verifies its hashes and signatures. Leaves out an incomplete
 * append at the end. Throws LedgerBroken if the chain is invalid.
 */
export async function* readChain(
  { lines: linesAfter, measure }: Pick<Snapshot, "lines" | "measure">,
  from: Position,
): AsyncGenerator<Batch> {
  let end = from;
  let before: Pick<Position, "seq" | "head"> = from;
  let append: Entry[] = [];
  let length = 0;
  for await (const { lines } of linesAfter(from.offset)) {
    const entries: Entry[] = [];
    for (const line of lines) {
      const entry = entryAfter(before, line);
      before = { seq: entry.seq, head: entry.hash };
      append.push(entry);
      length += measure(line);
      const trust = judged(append, line, end.trust);
      if (trust === undefined) continue;
      end = { ...before, offset: end.offset + length, trust };
      entries.push(...append);
      append = [];
      length = 0;
    }
    yield { entries, end };
  }
}

/**
 * The trust after an append, once it is complete; undefined before. Throws LedgerBroken if the
 * append is invalid.
 */
function judged(
  append: readonly Entry[],
  line: string,
  before: Trust | undefined,
): Trust | undefined {
  const seq = append.at(-1)?.seq ?? 0;
  const wrong = findMisplacement(append);
  if (wrong !== undefined) throw new LedgerBroken(say`Entry ${seq} ${wrong}.`, seq);
  if (!isWhole(append)) return undefined;
  const trust = trustBehind(before, append, line);
  if ("wrong" in trust) throw new LedgerBroken(say`Entry ${seq} ${trust.wrong}.`, seq);
  return trust;
}
