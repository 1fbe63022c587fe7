import type { Hash } from "../values/digest.ts";

/** Distinguishes a process from all others, as far as the system allows. Only Linux does. */
export interface ProcessIdentity {
  readonly bootId?: string;
  /** Process ids are unique only within this namespace. */
  readonly pidNamespace?: string;
  /** Time since boot, in the system's own unit. */
  readonly startTime?: string;
}

/** The holder of a lease. */
export interface Owner extends ProcessIdentity {
  readonly actor: string;
  readonly host: string;
  readonly pid: number;
  /** Distinguishes two processes that had the same pid. */
  readonly token: string;
}

/** A held lease: its holder, its start, and its length in seconds unless renewed. */
export interface Held {
  readonly heldBy: Owner;
  readonly since: string;
  readonly seconds: number;
  /** Hash of the entry that took or last renewed it. */
  readonly entry: Hash;
}

/** A lease as another process sees it. */
export interface WatchedLease extends Held {
  /** Seconds until the watching process may end it, unless it is renewed first. */
  readonly leftSeconds: number;
}
