import type { Address } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Observed } from "../../model/observed.ts";
import type { ChangeId, Plan } from "../../model/plan/plan.ts";
import type { Result } from "../../model/plan/receipt.ts";
import type { Dropped } from "../../plan/review.ts";
import type { Counting } from "./request-counter.ts";
import type { Head } from "./head.ts";
import type { EventAppender, View, Writers } from "../project/project.ts";

/** The state of a run in progress. */
export interface ApplyRun {
  readonly id: string;
  readonly plan: Plan;
  readonly view: View;
  readonly writers: Writers;
  readonly journal: EventAppender;
  /**
   * Milliseconds until anybody else may write, at least. Throws LedgerMoved if the lease was lost.
   */
  confirm(): Promise<number>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly adapter: Counting;
  readonly ledgerKey: Uint8Array;
  /** Objects that this run has created or changed, as the backend returned them. */
  readonly made: Map<Address, Observed>;
  /** Objects that changes refer to. */
  readonly bound: Map<Address, Observed>;
  /** The reads of objects that changes refer to. Each object is read once. */
  readonly bindings: Map<Address, Promise<void>>;
  /** Lists read before creates, by kind and parent. Each list is read once. */
  readonly lists: Map<string, Promise<readonly Observed[]>>;
  readonly results: Map<ChangeId, Result>;
  /** The account as it was read for planning. */
  readonly observed: readonly Observed[];
  /** The names of the guards that are lifted. */
  readonly lifted: ReadonlySet<string>;
  /** Resolves when the previous change that takes a guarded right has ended. */
  turns: Promise<void>;
  /** The plan is applied without its manifests. */
  readonly detached?: true;
  /** Why changes of the reviewed plan are not sent. */
  readonly dropped: ReadonlyMap<ChangeId, Dropped>;
  /** The ledger's current state, including everything that this run has recorded. */
  readonly ledger: LedgerState;
  /** The number of the ledger entry after which the plan was made. */
  readonly since: number;
  /** The ledger when the run began. */
  readonly head: Head;
  /**
   * Something that may not be the service answered a purchase: no further purchase is sent until
   * one is answered as documented.
   */
  unproven?: boolean;
  /** Resolves if the sink can keep a credential. Checked once, before the backend hands one out. */
  sinkReady?: Promise<void>;
}

/**
 * Runs a read once per key and shares its result. A failed read is repeated for the next caller.
 */
export function once<K, V>(readings: Map<K, Promise<V>>, key: K, read: () => Promise<V>): Promise<V> {
  const known = readings.get(key);
  if (known) return known;
  const reading = read();
  readings.set(key, reading);
  reading.catch(() => readings.delete(key));
  return reading;
}
