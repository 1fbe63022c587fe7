import { canonical, sha256 } from "../model/digest.ts";
import { type Entry, type Event, type LedgerReader, noHash } from "../model/ledger.ts";
import { emptyState, fold, type LedgerState } from "../model/ledger-state.ts";
import type { Lease } from "../operations/project.ts";

/** A ledger that forgets: enough for one run of the suite, which is about the adapter alone. */
export interface MemoryLedger extends LedgerReader {
  readonly state: LedgerState;
  lease(): Promise<Lease>;
}

/** An empty one, founded. */
export function memoryLedger(at: string): MemoryLedger {
  const written: Entry[] = [];
  const state = emptyState();
  const append = (event: Event) => {
    const body = { ...event, seq: written.length + 1, prev: written.at(-1)?.hash ?? noHash };
    const entry: Entry = { ...body, hash: sha256(canonical(body)) };
    written.push(entry);
    fold(state, entry);
  };
  append({ at, type: "founded", id: "conformance", version: 1 });
  return {
    state,
    id: async () => state.id,
    head: async () => state.head,
    async *entries(after = noHash) {
      yield* written.slice(written.findIndex(({ hash }) => hash === after) + 1);
    },
    lease: async () => ({
      journal: { append: async (events) => events.forEach(append), head: () => state.head },
      release: async () => {},
    }),
  };
}
