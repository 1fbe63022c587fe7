import { LedgerBroken } from "../../../model/ledger/ledger.ts";
import { beginning, type Position } from "./chain.ts";
import type { Lines, Snapshot } from "./snapshot.ts";
import { batches } from "./stored-ledger.ts";

/** The position after the last append up to which the whole ledger is valid and signed. */
export async function newestSigned(snapshot: Snapshot): Promise<Position> {
  let position = beginning;
  try {
    // Line by line: valid lines before an invalid one count.
    for await (const { end } of batches({ ...snapshot, lines: (from) => byLine(snapshot, from) }))
      position = end;
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
