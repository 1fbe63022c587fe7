import { randomUUID } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { LedgerUnavailable, type ProcessIdentity } from "../../../model/ledger/ledger.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { most, readOwn } from "../../files/read-input.ts";
import { createFrom } from "../../files/atomic-write.ts";
import { thisMachine } from "./machine.ts";

interface Holder extends ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  readonly token: string;
  readonly since: string;
}

const patience = 30_000;

/**
 * Acquires a lock file and returns a function that releases it. Takes over the lock of a process
 * that died on this machine. Throws LedgerUnavailable if another process holds it for 30 seconds.
 */
export async function lock(path: string, now: () => Date): Promise<() => void> {
  const { identity } = thisMachine();
  const self: Holder = {
    host: hostname(),
    pid: process.pid,
    token: randomUUID(),
    since: now().toISOString(),
    ...identity,
  };
  const deadline = performance.now() + patience;
  while (!acquire(path, self)) {
    if (performance.now() > deadline) throw new LedgerUnavailable(stuck(path, holderOf(path)));
    await pause(2 + Math.random() * 8);
  }
  return () => rmSync(path, { force: true });
}

/**
 * To remove a dead holder's lock, a process first needs the claim named after that holder's token.
 * Only one process can have it, and no live lock is removed.
 */
function acquire(path: string, self: Holder): boolean {
  if (create(path, self)) return true;
  const holder = holderOf(path);
  if (!holder || !dead(holder)) return false;
  const claim = `${path}.${holder.token.slice(0, 8)}`;
  if (!acquire(claim, self)) return false;
  try {
    if (holderOf(path)?.token === holder.token) rmSync(path);
  } finally {
    rmSync(claim, { force: true });
  }
  return create(path, self);
}

/**
 * A hard link makes the lock appear with its content. Without hard links, a lock may have no
 * content yet: it counts as held.
 */
function create(path: string, self: Holder): boolean {
  const draft = `${path}.${self.token}`;
  try {
    writeFileSync(draft, JSON.stringify(self), { flag: "wx", mode: 0o600 });
    createFrom(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readOwn(path, most.small)?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}

/** Without a boot id, host name and pid decide. Another container may have the same ones. */
function dead(holder: Holder): boolean {
  if (holder.bootId !== undefined) return thisMachine().isDead(holder);
  return holder.host === hostname() && !isRunning(holder.pid);
}

/** Whether a process on this machine is running. A zombie is not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * The state follows the process name, which may contain parentheses. Only Linux provides this file.
 */
function isZombie(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    return status.slice(status.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

function stuck(path: string, holder: Holder | undefined): Wording {
  const who = holder
    ? say`process ${holder.pid} on ${holder.host}, since ${holder.since}`
    : say`nobody who can be named`;
  return say`The ledger is locked by ${who}; if no partnerctl is running there, delete ${path}.`;
}
