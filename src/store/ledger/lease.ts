import { hostname } from "node:os";
import { type Event, type Hash, type Held, type Ledger, LedgerMoved, type Owner } from "../../model/ledger.ts";
import { emptyState, fold, type LedgerState } from "../../model/ledger-state.ts";
import { type Journal, journalOf } from "./journal.ts";
import { isRunning } from "./lock.ts";

/** What leases are judged by. */
export interface Leasing {
  readonly owner: Owner;
  readonly now: () => Date;
  readonly leaseSeconds: number;
  /** Whether a holder's process is running; undefined where this machine cannot know. */
  readonly isAlive?: (holder: Owner) => boolean | undefined;
  /** What the ledger added up to when it was last read: spares reading it all again. */
  readonly state?: LedgerState;
}

/** The right to write to a ledger until it expires, is given back or its process is dead. All that is written under it goes through its journal. */
export interface Lease {
  readonly owner: Owner;
  readonly since: string;
  readonly journal: Journal;
  /** Extends it from now. Throws LedgerMoved where it was taken over. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** Takes the lease, ending one that has expired or whose process is dead; otherwise says who holds it. */
export async function takeLease(ledger: Ledger, leasing: Leasing): Promise<Lease | Held> {
  return settled(ledger, leasing, async (state) => {
    const held = state.lease;
    if (held && isHeld(held, leasing)) return held;
    const at = leasing.now().toISOString();
    // Whoever reads it the moment it is written has to find its process alive.
    own.add(leasing.owner.token);
    const ending: Event[] = held ? [{ at, type: "released", owner: held.heldBy, endedBy: leasing.owner }] : [];
    const head = await ledger.append([...ending, leased(leasing)], state.head);
    return leaseFrom(ledger, leasing, { head, since: at });
  });
}

/** Ends the lease of a holder that is dead or whose time is up, or with `force` of any; undefined where nobody holds it. */
export async function endLease(
  ledger: Ledger,
  leasing: Leasing & { readonly force?: boolean },
): Promise<(Held & { readonly ended: boolean }) | undefined> {
  return settled(ledger, leasing, async (state) => {
    const held = state.lease;
    if (!held) return undefined;
    if (isHeld(held, leasing) && !leasing.force) return { ...held, ended: false };
    await ledger.append([{ at: leasing.now().toISOString(), type: "released", owner: held.heldBy, endedBy: leasing.owner }], state.head);
    return { ...held, ended: true };
  });
}

/** Whether a lease still keeps others out: its time is not up, and its process is not known to be dead. */
export function isHeld({ heldBy, until }: Held, { now, isAlive = isAliveHere }: Pick<Leasing, "now" | "isAlive">): boolean {
  return Date.parse(until) > now().getTime() && isAlive(heldBy) !== false;
}

/** The tokens this very process took leases with: another holder with its number is a former process that had it. */
const own = new Set<string>();

/** On this machine a process can be looked for, on another it cannot. */
function isAliveHere({ host, pid, token }: Owner): boolean | undefined {
  if (host !== hostname()) return undefined;
  return pid === process.pid ? own.has(token) : isRunning(pid);
}

/** Works on the ledger's state as it is now, again where somebody else appended meanwhile. */
async function settled<T>(ledger: Ledger, leasing: Leasing, work: (state: LedgerState) => Promise<T>): Promise<T> {
  const { head, lease } = leasing.state ?? emptyState();
  const state: LedgerState = { ...emptyState(), head, ...(lease && { lease }) };
  for (let attempt = 1; ; attempt += 1) {
    if ((await ledger.head()) !== state.head) for await (const entry of ledger.entries(state.head)) fold(state, entry);
    try {
      return await work(state);
    } catch (error) {
      if (!(error instanceof LedgerMoved) || attempt === 10) throw error;
    }
  }
}

function leased({ owner, now, leaseSeconds }: Leasing): Event {
  const at = now();
  return {
    at: at.toISOString(),
    type: "leased",
    owner,
    until: new Date(at.getTime() + leaseSeconds * 1000).toISOString(),
  };
}

function leaseFrom(ledger: Ledger, leasing: Leasing, { head, since }: { readonly head: Hash; readonly since: string }): Lease {
  const { owner, now } = leasing;
  const journal = journalOf(ledger, head);
  return {
    owner,
    since,
    journal,
    renew: () => journal.append([leased(leasing)]),
    release: async () => {
      await journal.append([{ at: now().toISOString(), type: "released", owner }]);
      own.delete(owner.token);
    },
  };
}
