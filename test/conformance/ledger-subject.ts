import type { WrittenSettings } from "../../src/model/generated/written-settings.ts";
import type { Entry, Event, Hash } from "../../src/model/ledger/ledger.ts";
import type { LedgerSigner } from "../../src/store/ledger/chain/signed.ts";
import type { StoredLedger } from "../../src/store/ledger/chain/stored-ledger.ts";

type LedgerSettings = NonNullable<WrittenSettings["ledger"]>;

/** One ledger for one test, in a place of its own. */
export interface Fixture {
  /**
   * The ledger, as another process of the same machine opens it, which remembers what it has seen;
   * with other keys, or none, where they are given.
   */
  open(keys?: Partial<LedgerSigner>): StoredLedger;
  /** The same ledger, as a machine opens it that has never seen it, or has forgotten everything. */
  forget(more?: Partial<LedgerSigner>): StoredLedger;
  /**
   * The settings and the folder with which another process opens it, on a machine of its own where
   * that is possible; missing where it lives in this process alone.
   */
  elsewhere?(): readonly [settings: LedgerSettings, root: string];
  /** Puts other bytes where the ledger's are, behind its back. */
  tamper(change: (text: string) => string): Promise<void>;
  /** Puts back what was there before they were tampered with. */
  undo(): Promise<void>;
}

/** A kind of ledger to be tried. */
export interface Subject {
  readonly name: string;
  /** Other processes can open it. */
  readonly shared?: true;
  make(): Promise<Fixture>;
  /** After the last test. */
  clear(): Promise<void>;
}

/** An event that carries a word. */
export function noted(word: string): Event {
  return {
    at: "2026-03-01T08:00:00Z",
    type: "run-closed",
    run: word,
    done: 0,
    failed: 0,
    unknown: 0,
  };
}

/** The word an entry carries, or its type. */
export function noteOf(entry: Entry): string {
  return entry.type === "run-closed" ? entry.run : entry.type;
}

/** Every entry, or those after one. */
export async function all(ledger: StoredLedger, after?: Hash): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of ledger.entries(after)) entries.push(entry);
  return entries;
}
