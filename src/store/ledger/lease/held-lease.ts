import type { Clock } from "../../../model/clock.ts";
import {
  type Event,
  type Hash,
  type Ledger,
  LedgerUnavailable,
  type Owner,
} from "../../../model/ledger/ledger.ts";
import type { LedgerState } from "../../../model/ledger/ledger-state.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import type { FirstSeen } from "../../cache/first-sights.ts";
import { type LedgerJournal, journalOf } from "./journal.ts";
import type { Machine } from "../file/machine.ts";

/** The data needed to take, keep and check leases. */
export interface Leasing {
  readonly owner: Owner;
  readonly clock: Clock;
  readonly leaseSeconds: number;
  readonly machine: Machine;
  readonly firstSeen: FirstSeen;
  /** The ledger's state when it was last read. Avoids reading the whole ledger again. */
  readonly state?: LedgerState;
}

/**
 * The exclusive right to write to a ledger, until it expires, is released or its process dies. All
 * events under the lease go through `journal`.
 */
export interface LedgerLease {
  readonly owner: Owner;
  readonly since: string;
  readonly journal: LedgerJournal;
  /**
   * Returns the minimum time in milliseconds until another process may write. Renews the lease
   * first if half of its time has passed. Throws LedgerMoved if the lease is lost,
   * LedgerUnavailable if the ledger is unreachable or too slow.
   */
  confirm(): Promise<number>;
  /** Extends the lease from now on. Throws LedgerMoved if it was taken over. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/**
 * After this many renewals in a row that each take half of the lease, the ledger is too slow to
 * use.
 */
const mostRenewals = 5;

/**
 * Tokens of the leases that this process took and has not released. Another lease with its pid is
 * stale.
 */
const own = new Set<string>();

/**
 * Records a token. Must be called before the lease is written, because a reader may see the lease
 * at once.
 */
export function expectLease({ token }: Owner): void {
  own.add(token);
}

/** Whether this process took a lease and has not released it. */
export function isOwnLease({ token }: Owner): boolean {
  return own.has(token);
}

/** One moment on both clocks. `wall` and `monotonic` are milliseconds; `at` is RFC 3339, UTC. */
interface Moment {
  readonly at: string;
  readonly wall: number;
  readonly monotonic: number;
}

/** The current moment. */
export function currentMoment(clock: Clock): Moment {
  const now = clock.now();
  return { at: now.toISOString(), wall: now.getTime(), monotonic: clock.monotonic() };
}

/**
 * Elapsed milliseconds, the larger value of both clocks: the monotonic one may stop while the
 * machine sleeps, the other may be set back.
 */
function since({ wall, monotonic }: Moment, clock: Clock): number {
  return Math.max(clock.now().getTime() - wall, clock.monotonic() - monotonic);
}

/** The event that takes or renews a lease. */
export function leaseEvent({ owner, clock, leaseSeconds }: Leasing): Event {
  return { at: clock.now().toISOString(), type: "leased", owner, seconds: leaseSeconds };
}

/**
 * The lease after its first event was appended. `head` is the head after that, `began` a moment
 * before it.
 */
export function leaseFrom(
  ledger: Ledger,
  leasing: Leasing,
  taken: { readonly head: Hash; readonly began: Moment },
): LedgerLease {
  const { owner, clock } = leasing;
  const journal = journalOf(ledger, taken.head);
  const length = leasing.leaseSeconds * 1000;
  let renewal = taken.began;
  const renew = async (): Promise<void> => {
    const began = currentMoment(clock);
    await journal.append([leaseEvent(leasing)]);
    renewal = began;
  };
  return {
    owner,
    since: taken.began.at,
    journal,
    renew,
    async confirm() {
      for (let renewals = 0; since(renewal, clock) >= length / 2; renewals += 1) {
        if (renewals === mostRenewals) throw new LedgerUnavailable(tooSlow(leasing.leaseSeconds));
        await insist(renew, { clock, length });
      }
      return length - since(renewal, clock);
    },
    release: async () => {
      await journal.append([{ at: clock.now().toISOString(), type: "released", owner }]);
      own.delete(owner.token);
    },
  };
}

function tooSlow(seconds: number): Wording {
  return say`Renewing the lease takes longer than half of its length (ledger.leaseSeconds: ${seconds}).`;
}

/** Retries while the ledger is unavailable, for at most the lease's length. */
async function insist(
  renew: () => Promise<void>,
  { clock, length }: { readonly clock: Clock; readonly length: number },
): Promise<void> {
  const began = clock.monotonic();
  for (;;) {
    try {
      return await renew();
    } catch (error) {
      if (!(error instanceof LedgerUnavailable) || clock.monotonic() - began > length) throw error;
      await clock.sleep(pauseOf(length));
    }
  }
}

/** How many milliseconds to wait before a failed renewal is retried. */
function pauseOf(length: number): number {
  return Math.min(5_000, length / 30);
}

/**
 * Renews a lease after every third of its length, until the signal aborts or the lease is lost.
 * Never rejects: a lost lease shows at the next write.
 */
export async function keepRenewing(
  lease: LedgerLease,
  { clock, leaseSeconds }: Leasing,
  signal: AbortSignal,
): Promise<void> {
  const length = leaseSeconds * 1000;
  for (let wait = length / 3; ; ) {
    try {
      await clock.sleep(wait, signal);
      await lease.renew();
      wait = length / 3;
    } catch (error) {
      if (signal.aborted || !(error instanceof LedgerUnavailable)) return;
      wait = pauseOf(length);
    }
  }
}
