import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { systemClock } from "../../src/adapters/system-clock.ts";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { View } from "../../src/operations/project/project.ts";
import { takeLease } from "../../src/store/ledger/lease/lease.ts";
import type { OpenedProject } from "../operations/project-harness.ts";

/**
 * A desk whose clock is the emulator's, so that nobody has to wait for lists that are behind.
 * Whoever held the lease before is dead.
 */
export function clocked(
  { project, view, writers, open }: OpenedProject,
  { control: { now } }: Emulator,
): OpenedProject {
  const own: View = Object.defineProperties({} as View, Object.getOwnPropertyDescriptors(view));
  const lease: typeof writers.lease = async ({ founding }) =>
    takeLease(open(founding), {
      ...{
        clock: { ...systemClock, now },
        leaseSeconds: 300,
        machine: { identity: {}, isDead: () => true },
      },
      ...{ firstSeen: view.firstSeen, state: await view.state() },
      owner: { actor: "li.wei", host: hostname(), pid: process.pid, token: randomUUID() },
    });
  return {
    project,
    open,
    view: Object.assign(own, { now: () => now().toISOString() }),
    writers: { ...writers, lease },
  };
}
