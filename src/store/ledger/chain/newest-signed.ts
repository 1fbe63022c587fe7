import { LedgerBroken } from "../../../model/ledger/ledger.ts";
import { beginning, type Position } from "./chain.ts";
import type { Lines, Snapshot } from "./snapshot.ts";
import { batches } from "./stored-ledger.ts";

/** The position behind the last append up to which all of a ledger is whole and signed. */
export async function newestSigned(snapshot: Snapshot): Promise<Position> {
  let position = beginning;
  try {
    // One line at a time, so that what is whole before a broken one counts.
    for await (const { end } of batches({ ...snapshot, lines: (from) => byLine(snapshot, from) })) position = end;
  } catch (error) {
    if (!(error instanceof LedgerBroken)) throw error;
  }
  return position;
}

async function* byLine({ lines, measure }: Snapshot, from: number): AsyncGenerator<Lines> {
  let end = from;
  for await (const some of lines(from))
    for (const line of some.lines) {
      end += measure(line);
      yield { lines: [line], end };
    }
}
