import type { Clock } from "../../../model/clock.ts";
import { type Event, type Hash, type Ledger, LedgerUnavailable, type Owner } from "../../../model/ledger/ledger.ts";
import type { LedgerState } from "../../../model/ledger/ledger-state.ts";
import { say } from "../../../model/text/say.ts";
import type { FirstSeen } from "../../cache/first-sights.ts";
import { type LedgerJournal, journalOf } from "./journal.ts";
import type { Machine } from "../file/machine.ts";

/** What leases are taken, kept and judged by. */
export interface Leasing {
  readonly owner: Owner;
  readonly clock: Clock;
  readonly leaseSeconds: number;
  readonly machine: Machine;
  readonly firstSeen: FirstSeen;
  /** What the ledger added up to when it was last read: spares reading it all again. */
  readonly state?: LedgerState;
}

/** The right to write to a ledger until its time is up unrenewed, it is given back or its process is dead. All that is written under it goes through its journal. */
export interface LedgerLease {
  readonly owner: Owner;
  readonly since: string;
  readonly journal: LedgerJournal;
  /** Resolves with how many milliseconds there are at least until anybody else may write: from memory while half of its time is left, else the ledger is asked by renewing it. Throws LedgerMoved where it was lost. */
  confirm(): Promise<number>;
  /** Extends it from now. Throws LedgerMoved where it was taken over. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** A ledger that answers so slowly each time that half of the lease is over by then is of no use. */
const mostRenewals = 5;

/** The tokens this very process took leases with: another holder with its number is a former use of it. */
const own = new Set<string>();

/** Whoever reads a lease the moment it is written has to find its process alive. */
export function expectLease({ token }: Owner): void {
  own.add(token);
}

/** Whether this very process took a lease and has not given it back. */
export function isOwnLease({ token }: Owner): boolean {
  return own.has(token);
}

/** One moment by both of a machine's clocks. */
interface Moment {
  readonly at: string;
  readonly wall: number;
  readonly monotonic: number;
}

/** Now. */
export function currentMoment(clock: Clock): Moment {
  const now = clock.now();
  return { at: now.toISOString(), wall: now.getTime(), monotonic: clock.monotonic() };
}

/** The larger of both: the one clock stands still while a machine sleeps, the other may be set back. */
function since({ wall, monotonic }: Moment, clock: Clock): number {
  return Math.max(clock.now().getTime() - wall, clock.monotonic() - monotonic);
}

/** The event that takes or renews a lease. */
export function leaseEvent({ owner, clock, leaseSeconds }: Leasing): Event {
  return { at: clock.now().toISOString(), type: "leased", owner, seconds: leaseSeconds };
}

/** A lease that was just taken. */
export function leaseFrom(ledger: Ledger, leasing: Leasing, taken: { readonly head: Hash; readonly began: Moment }): LedgerLease {
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

function tooSlow(seconds: number): string {
  return say`Renewing the lease takes longer than half of its length (ledger.leaseSeconds: ${seconds}).`;
}

/** Tries again for as long as a lease lasts while the ledger cannot be reached. */
async function insist(renew: () => Promise<void>, { clock, length }: { readonly clock: Clock; readonly length: number }): Promise<void> {
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

/** How long to wait before a failed renewal is tried again. */
function pauseOf(length: number): number {
  return Math.min(5_000, length / 30);
}

/** Renews a lease in good time until the signal is aborted or somebody else has it; that it was lost shows at the next write. */
export async function keepRenewing(lease: LedgerLease, { clock, leaseSeconds }: Leasing, signal: AbortSignal): Promise<void> {
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
