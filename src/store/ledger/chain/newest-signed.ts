import { LedgerBroken } from "../../../model/ledger/ledger.ts";
import { beginning, type Position } from "./chain.ts";
import type { Snapshot } from "./snapshot.ts";
import { batches } from "./byte-log.ts";

/** The position behind the last append up to which all of a ledger is whole and signed. */
export async function newestSigned(snapshot: Snapshot): Promise<Position> {
  let position = beginning;
  try {
    // One line at a time, so that what is whole before a broken one counts.
    for await (const { end } of batches({ ...snapshot, read: (from, to) => byLine(snapshot.read(from, to)) })) position = end;
  } catch (error) {
    if (!(error instanceof LedgerBroken)) throw error;
  }
  return position;
}

async function* byLine(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield chunk.subarray(from, end + 1);
      from = end + 1;
    }
    if (from < chunk.length) yield chunk.subarray(from);
  }
}
