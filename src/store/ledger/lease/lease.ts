import {
  type Event,
  type Held,
  type Ledger,
  LedgerMoved,
  type WatchedLease,
} from "../../../model/ledger/ledger.ts";
import { emptyState, foldEntry, type LedgerState } from "../../../model/ledger/ledger-state.ts";
import {
  expectLease,
  isOwnLease,
  type LedgerLease,
  type Leasing,
  leaseEvent,
  leaseFrom,
  currentMoment,
} from "./held-lease.ts";
import { isOfSameBoot } from "../file/machine.ts";

/** How long to wait for a lease that another process holds. */
export interface Waiting {
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Called once, before the wait starts. */
  begins?(held: WatchedLease): void;
}

const shortestLook = 20;
const longestLook = 5_000;

/**
 * Takes the lease; ends one that has expired or whose process is dead. If another process holds it
 * for the whole wait, returns that lease. Rejects if the wait is aborted.
 */
export async function takeLease(
  ledger: Ledger,
  leasing: Leasing,
  waiting?: Waiting,
): Promise<LedgerLease | WatchedLease> {
  const { clock } = leasing;
  const end = clock.monotonic() + (waiting?.seconds ?? 0) * 1000;
  for (let looks = 0; ; looks += 1) {
    const taken = await tryToTake(ledger, leasing);
    const left = end - clock.monotonic();
    if (!("heldBy" in taken) || !waiting || left <= 0) return taken;
    if (looks === 0) waiting.begins?.(taken);
    await clock.sleep(
      Math.max(shortestLook, Math.min(longestLook, left, taken.leftSeconds * 1000)),
      waiting.signal,
    );
  }
}

function tryToTake(ledger: Ledger, leasing: Leasing): Promise<LedgerLease | WatchedLease> {
  return settled(ledger, leasing, async (state) => {
    const held = watched(state.lease, leasing);
    if (held && held.leftSeconds > 0) return held;
    const began = currentMoment(leasing.clock);
    const ending: Event[] = held
      ? [{ at: began.at, type: "released", owner: held.heldBy, endedBy: leasing.owner }]
      : [];
    expectLease(leasing.owner);
    const head = await ledger.append([...ending, leaseEvent(leasing)], state.head);
    return leaseFrom(ledger, leasing, { head, began });
  });
}

/**
 * Ends a lease that has expired or whose process is dead or, with a reason, any lease. Returns the
 * lease and whether it was ended; undefined if nobody holds one.
 */
export async function endLease(
  ledger: Ledger,
  leasing: Leasing & { readonly reason?: string },
): Promise<(WatchedLease & { readonly ended: boolean }) | undefined> {
  return settled(ledger, leasing, async (state) => {
    const held = watched(state.lease, leasing);
    if (!held) return undefined;
    const over = held.leftSeconds <= 0;
    if (!over && leasing.reason === undefined) return { ...held, ended: false };
    const { owner: endedBy, reason } = leasing;
    const at = leasing.clock.now().toISOString();
    await ledger.append(
      [{ at, type: "released", owner: held.heldBy, endedBy, ...(!over && { reason }) }],
      state.head,
    );
    return { ...held, ended: true };
  });
}

/**
 * A lease and its remaining seconds, counted from when this machine first saw it; 0 if its process
 * is known to be dead.
 */
function watched(
  held: Held | undefined,
  { machine, firstSeen, clock }: Leasing,
): WatchedLease | undefined {
  if (!held) return undefined;
  const { heldBy } = held;
  const isOwn =
    isOfSameBoot(heldBy, machine.identity) &&
    heldBy.pid === process.pid &&
    heldBy.startTime === machine.identity.startTime;
  if (isOwn ? !isOwnLease(heldBy) : machine.isDead(heldBy)) return { ...held, leftSeconds: 0 };
  const first = firstSeen(["lease", held.entry].join(" "));
  return { ...held, leftSeconds: Math.max(0, held.seconds - (clock.monotonic() - first) / 1000) };
}

/**
 * Calls `work` with the ledger's current state; again, up to 10 times, if another process appended
 * meanwhile.
 */
async function settled<T>(
  ledger: Ledger,
  leasing: Leasing,
  work: (state: LedgerState) => Promise<T>,
): Promise<T> {
  const { head, lease } = leasing.state ?? emptyState();
  const state: LedgerState = { ...emptyState(), head, ...(lease && { lease }) };
  for (let attempt = 1; ; attempt += 1) {
    if ((await ledger.head()) !== state.head)
      for await (const entry of ledger.entries(state.head)) foldEntry(state, entry);
    try {
      return await work(state);
    } catch (error) {
      if (!(error instanceof LedgerMoved) || attempt === 10) throw error;
    }
  }
}
