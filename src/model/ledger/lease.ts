import type { Hash } from "../values/digest.ts";

/** What tells a process from every other one, as far as the system tells; Linux does. */
export interface ProcessIdentity {
  readonly bootId?: string;
  /** Numbers of processes count within it alone. */
  readonly pidNamespace?: string;
  /** In the system's own unit, since the boot. */
  readonly startTime?: string;
}

/** Who holds a lease. */
export interface Owner extends ProcessIdentity {
  readonly actor: string;
  readonly host: string;
  readonly pid: number;
  /** Distinguishes two processes that had the same pid. */
  readonly token: string;
}

/** Who holds a ledger's lease, since when, and how long it lasts unless it is renewed. */
export interface Held {
  readonly heldBy: Owner;
  readonly since: string;
  readonly seconds: number;
  /** The entry that took or last renewed it. */
  readonly entry: Hash;
}

/** A lease as somebody else watches it. */
export interface WatchedLease extends Held {
  /** After how many seconds the watcher may end it, if it is not renewed before. */
  readonly leftSeconds: number;
}
