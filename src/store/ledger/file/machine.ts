import { readFileSync, readlinkSync } from "node:fs";
import type { ProcessIdentity } from "../../../model/ledger/ledger.ts";

/** Information about the processes on a machine. */
export interface Machine {
  /** The identity of this process; empty if the system does not provide it. */
  readonly identity: ProcessIdentity;
  /**
   * Whether a process is known to have ended: it ran in this boot and PID namespace, and no process
   * has its pid and start time.
   */
  isDead(one: ProcessIdentity & { readonly pid: number }): boolean;
}

/**
 * The machine that this process runs on. Only Linux provides the data; on other systems no process
 * is known to be dead.
 */
export function thisMachine(): Machine {
  own ??= ownIdentity();
  const identity = own;
  return {
    identity,
    // If /proc does not show even this process, nothing is known about others.
    isDead: ({ pid, ...one }) =>
      one.startTime !== undefined &&
      identity.startTime !== undefined &&
      isOfSameBoot(one, identity) &&
      startTime(pid) !== one.startTime,
  };
}

let own: ProcessIdentity | undefined;

/** Constant for the life of the process. */
function ownIdentity(): ProcessIdentity {
  return known({
    bootId: told(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    pidNamespace: told(() => readlinkSync("/proc/self/ns/pid")),
    startTime: startTime(process.pid),
  });
}

/** Whether both processes are known to have run in the same boot and PID namespace. */
export function isOfSameBoot(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return (
    one.bootId !== undefined &&
    one.bootId === other.bootId &&
    one.pidNamespace !== undefined &&
    one.pidNamespace === other.pidNamespace
  );
}

function known(
  facts: Readonly<Record<keyof ProcessIdentity, string | undefined>>,
): ProcessIdentity {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/**
 * When a process started, in clock ticks since boot; undefined if it does not exist or is a zombie.
 */
function startTime(pid: number): string | undefined {
  // The process name may contain parentheses, so fields are counted after the last one: the state
  // is the first, the start time the twentieth.
  const fields = told(() =>
    readFileSync(`/proc/${pid}/stat`, "latin1").replace(/^.*\) /s, ""),
  )?.split(" ");
  return fields && !/^[ZX]/.test(fields[0] ?? "") ? fields[19] : undefined;
}

function told(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
