import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../adapters/system-clock.ts";
import type { Clock } from "../../model/clock.ts";
import type { Owner } from "../../model/ledger/ledger.ts";
import { type FirstSeen, firstSights } from "../../store/cache/first-sights.ts";
import type { Leasing } from "../../store/ledger/lease/held-lease.ts";
import { type Machine, thisMachine } from "../../store/ledger/file/machine.ts";
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
