import { canonical, sha256 } from "../model/values/digest.ts";
import {
  type Entry,
  type Event,
  type Founding,
  type LedgerReader,
  noHash,
} from "../model/ledger/ledger.ts";
import { emptyState, foldEntry, type LedgerState } from "../model/ledger/ledger-state.ts";
import type { WriteLease } from "../operations/project/project.ts";

/** A placeholder for a public key. */
const noKey = "A".repeat(43);

/** A ledger in memory, for one run of the suite. */
export interface MemoryLedger extends LedgerReader {
  readonly state: LedgerState;
  lease(taking: { readonly founding?: Founding }): Promise<WriteLease>;
}

/**
 * Creates an empty ledger. Its first lease founds it. It is not signed: the suite tests the
 * adapter, not the ledger.
 */
export function memoryLedger(now: () => string): MemoryLedger {
  const written: Entry[] = [];
  const state = emptyState();
  const append = (event: Event) => {
    const body = { ...event, seq: written.length + 1, prev: written.at(-1)?.hash ?? noHash };
    const entry: Entry = { ...body, hash: sha256(canonical(body)) };
    written.push(entry);
    foldEntry(state, entry);
  };
  return {
    traits: { lasts: false, ownKey: true, publishesPlans: false },
    state,
    id: async () => state.id,
    head: async () => state.head,
    async *entries(after = noHash) {
      yield* written.slice(written.findIndex(({ hash }) => hash === after) + 1);
    },
    lease: async ({ founding }) => {
      if (founding && written.length === 0)
        append({ at: now(), type: "founded", version: 1, key: noKey, ...founding });
      return {
        journal: { append: async (events) => events.forEach(append), head: () => state.head },
        confirm: async () => 60_000,
        release: async () => {},
      };
    },
  };
}
