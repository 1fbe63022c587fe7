import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../adapters/system-clock.ts";
import type { Clock } from "../../model/clock.ts";
import type { Owner, WatchedLease } from "../../model/ledger/ledger.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { WriteLease } from "../../operations/project/project.ts";
import { type FirstSeen, firstSights } from "../../store/cache/first-sights.ts";
import { type Machine, thisMachine } from "../../store/ledger/file/machine.ts";
import {
  keepRenewing,
  type Leasing,
  type LedgerLease as StoredLease,
} from "../../store/ledger/lease/held-lease.ts";
import type { Workspace } from "./project.ts";

/** The clocks and the machine of a process. */
export interface Surroundings {
  readonly clock: Clock;
  readonly machine: Machine;
}

/** The clock and machine of this process. */
export function ownSurroundings(): Surroundings {
  return { clock: systemClock, machine: thisMachine() };
}

/** Records in the project folder when this machine first saw something. */
export function firstSeenIn({ root }: Workspace, { clock, machine }: Surroundings): FirstSeen {
  return firstSights({
    path: join(root, ".partnerctl", "first-seen.jsonl"),
    clock,
    bootId: machine.identity.bootId,
  });
}

/** Who takes a lease, and what is needed to check other leases. */
export interface LeaseSurroundings extends Surroundings {
  readonly actor: string;
  readonly firstSeen: FirstSeen;
}

/** The parameters for leases of the project's ledger, with this process as the owner. */
export function leasingOf(
  { project }: Workspace,
  { actor, clock, machine, firstSeen }: LeaseSurroundings,
): Leasing {
  const { leaseSeconds } = project.settings.ledger;
  const owner: Owner = {
    actor,
    host: hostname(),
    pid: process.pid,
    token: randomUUID(),
    ...machine.identity,
  };
  return { owner, clock, leaseSeconds, machine, firstSeen };
}

/** The message while the lease of another run is awaited. */
export function waitingFor({ heldBy, leftSeconds }: WatchedLease): Wording {
  return say`Waiting for the lease of ${heldBy.actor} (process ${heldBy.pid} on ${heldBy.host}), which is over in ${Math.ceil(leftSeconds)} seconds unless it is renewed.`;
}

/** Renews the lease until it is released. */
export function keepAlive(lease: StoredLease, leasing: Leasing): WriteLease {
  const over = new AbortController();
  void keepRenewing(lease, leasing, over.signal);
  return {
    journal: lease.journal,
    confirm: lease.confirm,
    release: async () => {
      over.abort();
      await lease.release();
    },
  };
}
