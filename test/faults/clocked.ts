import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { Ledger, LedgerReader } from "../../src/model/ledger.ts";
import type { View } from "../../src/operations/project.ts";
import { takeLease } from "../../src/store/ledger/lease.ts";
import type { Desk } from "../operations/workshop.ts";

/** A desk whose clock is the emulator's, so that nobody has to wait for lists that are behind. Whoever held the lease before is dead. */
export function clocked({ project, view, writers }: Desk, { control: { now } }: Emulator): Desk {
  const own: View = Object.defineProperties({} as View, Object.getOwnPropertyDescriptors(view));
  const { ledger } = view;
  if (!isWritable(ledger)) throw new Error("a desk's ledger can be written");
  const lease: typeof writers.lease = async () =>
    takeLease(ledger, {
      ...{ now, leaseSeconds: 300, isAlive: () => false, state: await view.state() },
      owner: { actor: "li.wei", host: hostname(), pid: process.pid, token: randomUUID() },
    });
  return { project, view: Object.assign(own, { now: () => now().toISOString() }), writers: { ...writers, lease } };
}

function isWritable(ledger: LedgerReader): ledger is Ledger {
  return "append" in ledger;
}
