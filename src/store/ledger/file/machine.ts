import { readFileSync, readlinkSync } from "node:fs";
import type { ProcessIdentity } from "../../../model/ledger/ledger.ts";

/** What a machine can tell of the processes that run on it. */
export interface Machine {
  /** This very process; empty where the system does not tell. */
  readonly identity: ProcessIdentity;
  /** Whether a process is known to have ended: it ran in this boot and in this namespace of process numbers, and none has its number and start time. */
  isDead(one: ProcessIdentity & { readonly pid: number }): boolean;
}

/** The machine this runs on. Only Linux tells what it takes; elsewhere nothing is known to be dead. */
export function thisMachine(): Machine {
  own ??= ownIdentity();
  const identity = own;
  return {
    identity,
    // Where not even this process is found by its number, nothing can be said of others.
    isDead: ({ pid, ...one }) =>
      one.startTime !== undefined && identity.startTime !== undefined && isOfSameBoot(one, identity) && startTime(pid) !== one.startTime,
  };
}

let own: ProcessIdentity | undefined;

/** Nothing of it changes while the process lives. */
function ownIdentity(): ProcessIdentity {
  return known({
    bootId: told(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    pidNamespace: told(() => readlinkSync("/proc/self/ns/pid")),
    startTime: startTime(process.pid),
  });
}

/** Whether both ran in the same boot and namespace, as far as that is known. */
export function isOfSameBoot(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return (
    one.bootId !== undefined && one.bootId === other.bootId && one.pidNamespace !== undefined && one.pidNamespace === other.pidNamespace
  );
}

function known(facts: Readonly<Record<keyof ProcessIdentity, string | undefined>>): ProcessIdentity {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/** When a process began, in clock ticks since the boot; undefined where there is none, or only one that has ended and was not waited for. */
function startTime(pid: number): string | undefined {
  // What follows the name, which may itself hold parentheses: the state is the first field, the start time the twentieth.
  const fields = told(() => readFileSync(`/proc/${pid}/stat`, "latin1").replace(/^.*\) /s, ""))?.split(" ");
  return fields && !/^[ZX]/.test(fields[0] ?? "") ? fields[19] : undefined;
}

function told(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
