import type { Event, Hash, Ledger } from "../../../model/ledger/ledger.ts";

/** Appends events in order, those that arrive while a write is under way as one. */
export interface LedgerJournal {
  /** Resolves when the events are durable. Rejects with LedgerMoved where somebody else appended; nothing of its batch is kept then. */
  append(events: readonly Event[]): Promise<void>;
  head(): Hash;
  /** How many durable writes it took so far. */
  syncs(): number;
}

interface Waiting {
  readonly events: readonly Event[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A journal that goes on from a head. */
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

/** Lets whoever was waiting for the last write hand in what they have next, so that it goes into one. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
