import type { Adapter, Reader } from "../../model/adapter.ts";
import type { Catalogue } from "../../model/catalogue.ts";
import type { Clock } from "../../model/clock.ts";
import type { CredentialSink } from "../../model/credential.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Digest } from "../../model/values/digest.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { Kind } from "../../model/kind.ts";
import type { Event, Founding, Hash, LedgerReader, WatchedLease } from "../../model/ledger/ledger.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Observed } from "../../model/observed.ts";
import type { Policies } from "../../model/policy.ts";
import type { ParseCache, Source } from "../../model/source.ts";

/** A project as it stands in its folder: what needs no backend. */
export interface Project {
  readonly settings: Settings;
  readonly settingsDigest: Digest;
  readonly environment?: string;
  /** Its folder in its repository; a dot for the repository's own folder, and where it is missing. */
  readonly name?: string;
  /** The commit the folder is at, where it is known. */
  readonly commit?: string;
  /** Something that a plan is made from is not as that commit has it. */
  readonly localChanges?: true | undefined;
  /** Who may have written what is planned here, where approvals are asked for and somebody can tell; `applied` is the commit of the last run. */
  authors?(applied: string | undefined): Promise<readonly string[] | undefined>;
  readonly kinds: readonly Kind[];
  /** Its policies, read when they are asked for; missing where it has none. */
  policies?(): Promise<Checked<Policies>>;
  readonly cache?: ParseCache;
  /** Which build of the tool this is, where that is known: what is cached is believed by the same one only. */
  readonly build?: string;
  /** The manifests and, after them, the environment's overlay; with paths, only those files and folders. Warnings name what should have been read too and was not. */
  sources(paths?: readonly string[]): Checked<readonly Source[]> | Promise<Checked<readonly Source[]>>;
}

/** An account as it can be looked at; nothing here can write. */
export interface View {
  readonly reader: Reader;
  readonly ledger: LedgerReader;
  /** What the ledger adds up to. */
  state(): Promise<LedgerState>;
  /** The id the ledger gets when it is founded, the same each time until then; empty where it cannot be kept. */
  plannedLedgerId(): string;
  /** The key personal values are digested with, where the ledger's own is at hand. */
  readonly ledgerKey?: Uint8Array;
  /** What is wrong with the ledger's key on this machine, if anything is. */
  keyProblem?(state: LedgerState): Diagnostic | undefined;
  /** Rules' and prices' view of the offers, with the price list in force on a date. */
  catalogue(offers: readonly Observed[], asOf: string): Checked<Catalogue>;
  /** RFC 3339, UTC. */
  now(): string;
  readonly clock: Clock;
  /** When this machine first saw something, on its monotonic clock: now, where it never did. */
  firstSeen(what: string): number;
  /** Aborted when the user wants to stop: what is in flight is finished, nothing new begins. */
  readonly signal: AbortSignal;
  progress?(event: Progress): void;
}

/** Writes events to a ledger in order; those that arrive while a write is under way share the next one. */
export interface EventAppender {
  /** Durable when it returns. Throws LedgerMoved where the lease was lost. */
  append(events: readonly Event[]): Promise<void>;
  head(): Hash;
}

/** The right to write, held until it is released or its process is dead. */
export interface WriteLease {
  readonly journal: EventAppender;
  /** How many milliseconds there are at least until anybody else may write. Throws LedgerMoved where the lease was lost. */
  confirm(): Promise<number>;
  release(): Promise<void>;
}

/** What only `apply`, `attest` and `settle` are given. */
export interface Writers {
  readonly adapter: Adapter;
  readonly sink: CredentialSink;
  /** Where somebody else holds it, it is waited for so many seconds, and taken when it is over. Throws LedgerRefused, with nothing written, where the ledger has to be founded and nobody says for what. */
  lease(taking: { readonly founding?: Founding; readonly wait?: number }): Promise<WriteLease | WatchedLease>;
  /** The key personal values are digested with, made where the ledger is still to be founded; or why nothing may be written with the key at hand. */
  ensureLedgerKey(): Promise<Checked<Uint8Array>>;
  /** The plan encrypted for those who may read it whole, as base64 in parts of some 30,000 characters; missing where the settings name nobody. */
  sealPlan?(plan: Plan): Promise<readonly string[]>;
  /** A new temporary password; never the same twice. */
  password(): string;
  /** A new random id for a run. */
  runId(): string;
}

/** How far long work has come. */
export interface Progress {
  readonly phase: "reading" | "applying" | "settling";
  readonly done: number;
  /** Missing while it is not known. */
  readonly total?: number;
  readonly requests: number;
}
