import type { Adapter, Reader } from "../../model/adapter.ts";
import type { AccountSnapshot, StoredSnapshot } from "../../model/snapshot/account-snapshot.ts";
import type { Catalogue } from "../../model/catalogue.ts";
import type { Clock } from "../../model/clock.ts";
import type { CredentialSink } from "../../model/credential.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Digest } from "../../model/values/digest.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { Kind } from "../../model/kind.ts";
import type {
  Event,
  Founding,
  Hash,
  LedgerReader,
  WatchedLease,
} from "../../model/ledger/ledger.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Observed } from "../../model/observed.ts";
import type { Policies } from "../../model/policy.ts";
import type { ParseCache, Source } from "../../model/source.ts";

/** A project's folder: everything that needs no backend. */
export interface Project {
  readonly settings: Settings;
  readonly settingsDigest: Digest;
  readonly environment?: string;
  /** The project's folder within its repository. "." or undefined for the root. */
  readonly name?: string;
  /** The commit of the folder, if known. */
  readonly commit?: string;
  /** Some input of a plan differs from that commit. */
  readonly localChanges?: true | undefined;
  /**
   * The possible authors of what is planned, if approvals are required and the authors are known.
   * `applied` is the commit of the last run.
   */
  authors?(applied: string | undefined): Promise<readonly string[] | undefined>;
  readonly kinds: readonly Kind[];
  /** Reads the policies on demand. Absent if there are none. */
  policies?(): Promise<Checked<Policies>>;
  readonly cache?: ParseCache;
  /** The tool's build, if known. Cached data of another build is not used. */
  readonly build?: string;
  /**
   * The manifests, followed by the environment's overlay. With `paths`, only those files and
   * folders. Warnings name files that could not be read.
   */
  sources(
    paths?: readonly string[],
  ): Checked<readonly Source[]> | Promise<Checked<readonly Source[]>>;
}

/** Read-only access to an account and its ledger. */
export interface View {
  readonly reader: Reader;
  readonly ledger: LedgerReader;
  /** The ledger's current state. */
  state(): Promise<LedgerState>;
  /**
   * The id that a new ledger would get, always the same until it is founded. Empty if the id cannot
   * be stored.
   */
  plannedLedgerId(): string;
  /** The key for digests of personal data, if available. */
  readonly ledgerKey?: Uint8Array;
  /** The problem with the ledger's key on this machine, if any. */
  keyProblem?(state: LedgerState): Diagnostic | undefined;
  /** The offers, with the price list in force on a date (YYYY-MM-DD). */
  catalogue(offers: readonly Observed[], asOf: string): Checked<Catalogue>;
  /** RFC 3339, UTC. */
  now(): string;
  readonly clock: Clock;
  /**
   * When this machine first saw something, by its monotonic clock. Returns and records the current
   * time if never.
   */
  firstSeen(what: string): number;
  /** Aborted when the user interrupts: requests in flight are finished, nothing new starts. */
  readonly signal: AbortSignal;
  progress?(event: Progress): void;
}

/** How a plan uses a snapshot of the account. */
export interface SnapshotUse {
  readonly store: SnapshotStore;
  /** Readings older than this many milliseconds are not believed. */
  readonly maxAge: number;
  /** The requests that a plan spends on readings that are too old, oldest first. */
  readonly maxRequests: number;
  /** Reads everything, and only stores what was read. */
  readonly fresh?: true;
}

/** Where a snapshot is kept. */
export interface SnapshotStore {
  /** Undefined if there is none that this ledger's key has sealed for this ledger. */
  load(ledgerId: string): Promise<StoredSnapshot | undefined>;
  /** Replaces the stored one. `ledger`: the state from before the readings. */
  save(snapshot: AccountSnapshot, ledger: Pick<LedgerState, "id" | "head">): Promise<void>;
}

/** Appends events to a ledger in order. Events that arrive during a write share the next one. */
export interface EventAppender {
  /** Durable when it resolves. Throws LedgerMoved if the lease was lost. */
  append(events: readonly Event[]): Promise<void>;
  head(): Hash;
}

/** Permission to write, until it is released or its process ends. */
export interface WriteLease {
  readonly journal: EventAppender;
  /**
   * Milliseconds until anybody else may write, at least. Throws LedgerMoved if the lease was lost.
   */
  confirm(): Promise<number>;
  release(): Promise<void>;
}

/** Access that only `apply`, `attest` and `settle` get. */
export interface Writers {
  readonly adapter: Adapter;
  readonly sink: CredentialSink;
  /**
   * Takes the lease, waiting up to `wait` seconds if somebody else holds it. Returns the other's
   * lease if it is still held. Throws LedgerRefused and writes nothing if the ledger must be
   * founded and `founding` is missing.
   */
  lease(taking: {
    readonly founding?: Founding;
    readonly wait?: number;
  }): Promise<WriteLease | WatchedLease>;
  /**
   * The key for digests of personal data, created if the ledger is not founded yet. Fails if
   * nothing may be written with the available key.
   */
  ensureLedgerKey(): Promise<Checked<Uint8Array>>;
  /**
   * Encrypts the plan for the settings' recipients, as base64 in parts of about 30,000 characters.
   * Absent if the settings name no recipients.
   */
  sealPlan?(plan: Plan): Promise<readonly string[]>;
  /** A new random temporary password. */
  password(): string;
  /** A new random run id. */
  runId(): string;
}

/** Progress of a long operation. */
export interface Progress {
  readonly phase: "reading" | "applying" | "settling";
  readonly done: number;
  /** Absent while unknown. */
  readonly total?: number;
  readonly requests: number;
}
