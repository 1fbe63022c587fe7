import type { Address } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Observed } from "../../model/observed.ts";
import type { ChangeId, Plan } from "../../model/plan/plan.ts";
import type { Note, Receipt, Result } from "../../model/plan/receipt.ts";
import type { Reviewed } from "../../plan/plan.ts";
import type { Counting } from "./request-counter.ts";
import type { Head } from "./head.ts";
import type { EventAppender, Project, View, Writers } from "../project/project.ts";
import type { Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";

/** A project with its account. */
export interface ProjectAccount {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
}

/** A project's account whose lease is held. */
export interface LeasedAccount extends ProjectAccount {
  readonly journal: EventAppender;
  /**
   * Milliseconds until anybody else may write, at least. Throws LedgerMoved if the lease was lost.
   */
  confirm(): Promise<number>;
  /** The key for digests of personal data. */
  readonly ledgerKey: Uint8Array;
}

/** What the ledger and the receipt say of how a run was started. */
export type RunFacts = Pick<
  Receipt,
  | "actor"
  | "allowed"
  | "reason"
  | "commit"
  | "localChanges"
  | "correlation"
  | "detached"
  | "approvals"
  | "hostApprovals"
>;

/** A run in progress: the one context of all steps of an apply and of its changes. */
export interface ApplyRun extends LeasedAccount {
  readonly id: string;
  readonly startedAt: string;
  readonly facts: RunFacts;
  readonly plan: Plan;
  readonly parallelism: number;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly adapter: Counting;
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
  /** Why changes of the reviewed plan are not sent. */
  readonly dropped: Reviewed["dropped"];
  readonly notes: Reviewed["notes"];
  /** What the receipt says of changes that are done; see `remarkOn`. */
  readonly remarks: Note[];
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

/** Keeps, once, what the receipt is to say of a change that is done. */
export function remarkOn(
  { remarks }: ApplyRun,
  draft: Omit<Note, "message"> & { readonly message: Wording },
): void {
  const note = record(draft);
  const isSame = ({ change, message }: Note) => change === note.change && message === note.message;
  if (!remarks.some(isSame)) remarks.push(note);
}

/**
 * Runs a read once per key and shares its result. A failed read is repeated for the next caller.
 */
export function once<K, V>(
  readings: Map<K, Promise<V>>,
  key: K,
  read: () => Promise<V>,
): Promise<V> {
  const known = readings.get(key);
  if (known) return known;
  const reading = read();
  readings.set(key, reading);
  reading.catch(() => readings.delete(key));
  return reading;
}
