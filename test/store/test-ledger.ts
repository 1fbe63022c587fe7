import { randomUUID } from "node:crypto";
import type { Event, Founding } from "../../src/model/ledger/ledger.ts";
import { type SigningKey, signingKey } from "../../src/model/ledger/ledger-keys.ts";
import { joinLines, linesInBytes, measureBytes } from "../../src/store/ledger/byte-log.ts";
import { chain, type Position } from "../../src/store/ledger/chain/chain.ts";
import type { Snapshot } from "../../src/store/ledger/chain/snapshot.ts";

/** The key of the ledgers in tests. */
export const key = Buffer.from("a key of ledgers in tests");

/** What signs them. */
export const signer = signingKey(key);

/** What a test's ledger is founded with: each has an id of its own. */
export function foundingOf(account = "a"): Founding {
  return { id: randomUUID(), account: { id: account, adapter: "local" }, project: "." };
}

/** The key, and what a ledger is founded with: enough to write to one that a test opens. */
export const testLedger = {
  key,
  get founding() {
    return foundingOf();
  },
};

/** Events as the bytes of one append, as a file or a branch keeps them. */
export function chainText(
  events: readonly Event[],
  after: Position,
  key: SigningKey,
): { readonly text: string; readonly end: Position } {
  const { lines, end } = chain(events, after, { key, measure: measureBytes });
  return { text: joinLines(lines), end };
}

/** Bytes that come in pieces of a size, as lines. */
export function linesOfPieces(bytes: Uint8Array, size: number): Snapshot {
  return linesInBytes({
    size: bytes.length,
    read: (from, to) => pieces(bytes.subarray(from, to), size),
  });
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
