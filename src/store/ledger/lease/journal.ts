import type { Event, Hash, Ledger } from "../../../model/ledger/ledger.ts";

/** Appends events in order. Events that arrive during a write are combined into the next one. */
export interface LedgerJournal {
  /**
   * Resolves when the events are durable. Rejects with the ledger's error. With LedgerMoved
   * (another process appended first), nothing of that write is stored.
   */
  append(events: readonly Event[]): Promise<void>;
  head(): Hash;
  /** The number of durable writes so far. */
  syncs(): number;
}

interface Waiting {
  readonly events: readonly Event[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A journal that appends after the given head. */
export function journalOf(ledger: Ledger, from: Hash): LedgerJournal {
  let head = from;
  let syncs = 0;
  let waiting: Waiting[] = [];
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        head = await ledger.append(
          batch.flatMap(({ events }) => events),
          head,
        );
        syncs += 1;
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      await turn();
    }
    writing = false;
  };
  return {
    append: (events) =>
      new Promise((resolve, reject) => {
        waiting.push({ events, resolve, reject });
        if (!writing) void write();
      }),
    head: () => head,
    syncs: () => syncs,
  };
}

/** Lets callers that waited for the last write add their next events to the same write. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
