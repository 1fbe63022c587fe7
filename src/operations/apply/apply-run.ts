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

/** A run under way. */
export interface ApplyRun {
  readonly id: string;
  readonly plan: Plan;
  readonly view: View;
  readonly writers: Writers;
  readonly journal: EventAppender;
  /** How many milliseconds there are at least until anybody else may write. Throws LedgerMoved where the lease was lost. */
  confirm(): Promise<number>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly adapter: Counting;
  readonly ledgerKey: Uint8Array;
  /** What this run has made or changed, as the backend answered. */
  readonly made: Map<Address, Observed>;
  /** What changes refer to. */
  readonly bound: Map<Address, Observed>;
  /** Readings of what changes refer to, once each. */
  readonly bindings: Map<Address, Promise<void>>;
  /** Lists read before creates and upgrades, by kind and parent, once each. */
  readonly lists: Map<string, Promise<readonly Observed[]>>;
  readonly results: Map<ChangeId, Result>;
  /** The account as it was read when this was planned. */
  readonly observed: readonly Observed[];
  /** Guards that are lifted. */
  readonly lifted: ReadonlySet<string>;
  /** Settles when the change before this one that takes a guarded right has ended. */
  turns: Promise<void>;
  /** Its plan is applied without the manifests. */
  readonly detached?: true;
  /** Why changes of the reviewed plan are not sent. */
  readonly dropped: ReadonlyMap<ChangeId, Dropped>;
  /** What the ledger adds up to at the head that the next entry will follow: this run's own, kept up by all that it records. */
  readonly ledger: LedgerState;
  /** The number of the entry its plan was made after. */
  readonly since: number;
  /** The ledger when the run began. */
  readonly head: Head;
  /** A purchase was answered by what may not be the service: none is sent until one of those on their way is answered as documented. */
  unproven?: boolean;
  /** Whether the sink can keep what a backend hands out, tried once, before anything is handed out. */
  sinkReady?: Promise<void>;
}

/** A reading that is made once in a run; one that failed is made again for whoever asks next. */
export function once<K, V>(readings: Map<K, Promise<V>>, key: K, read: () => Promise<V>): Promise<V> {
  const known = readings.get(key);
  if (known) return known;
  const reading = read();
  readings.set(key, reading);
  reading.catch(() => readings.delete(key));
  return reading;
}
