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

/** What a process works with besides the project: clocks, and the machine it runs on. */
export interface Surroundings {
  readonly clock: Clock;
  readonly machine: Machine;
}

/** Those of this process. */
export function ownSurroundings(): Surroundings {
  return { clock: systemClock, machine: thisMachine() };
}

/** When this machine first saw something, as the project's folder keeps it. */
export function firstSeenIn({ root }: Workspace, { clock, machine }: Surroundings): FirstSeen {
  return firstSights({ path: join(root, ".partnerctl", "first-seen.jsonl"), clock, bootId: machine.identity.bootId });
}

/** Who takes a lease, and by what it is judged. */
export interface LeaseSurroundings extends Surroundings {
  readonly actor: string;
  readonly firstSeen: FirstSeen;
}

/** What leases of the project's ledger are taken and judged by; this process would be the holder. */
export function leasingOf({ project }: Workspace, { actor, clock, machine, firstSeen }: LeaseSurroundings): Leasing {
  const { leaseSeconds } = project.settings.ledger;
  const owner: Owner = { actor, host: hostname(), pid: process.pid, token: randomUUID(), ...machine.identity };
  return { owner, clock, leaseSeconds, machine, firstSeen };
}
