import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { Adapter } from "../../model/adapter.ts";
import type { Spec } from "../../model/values/json.ts";
import type { AdapterContext } from "../factory.ts";
import { systemClock } from "../system-clock.ts";
import { openAccount } from "./account.ts";
import { cartState } from "./carts.ts";
import { customer } from "./rules/customer.ts";
import { invoicesIn } from "./invoices.ts";
import { faults } from "./faults.ts";
import { seedEntry } from "./seed.ts";
import { openLog } from "./log.ts";
import { readOptions } from "./options.ts";
import { localReader } from "./reading.ts";
import type { Rules } from "./rules/rules.ts";
import { catalogCustomization, offer, partnerProfile } from "./rules/singletons.ts";
import { subscription } from "./rules/subscription.ts";
import { scopes as scopesOf } from "./capabilities.ts";
import { user } from "./rules/user.ts";
import { localWriter } from "./writing.ts";

/** The local backend, which also counts its file syncs. */
export interface LocalAdapter extends Adapter {
  /** The number of file syncs that writes have caused so far. */
  syncs(): number;
  close(): Promise<void>;
}

const kinds: readonly Rules[] = [
  partnerProfile,
  user,
  catalogCustomization,
  customer,
  subscription,
  offer,
];

/**
 * A simulated Partner Center account, stored in a file on this machine. The first write creates the
 * file. Throws AdapterUnusable if the options are invalid.
 */
export function local(options: Spec, context: AdapterContext): LocalAdapter {
  const { account: folder, admin, seed, orders, invoices, simulate } = readOptions(options);
  const path = resolve(context.root, folder, "account.jsonl");
  const name = seed === undefined ? undefined : String(seed);
  const log = openLog(path);
  const clock = context.clock ?? systemClock;
  const time = () => clock.now().getTime();
  const account = openAccount(log, seedEntry(name ?? path, admin), {
    seconds: simulate.lag ?? 0,
    time,
  });
  const scopes = scopesOf(kinds, { manual: simulate.manual, lag: simulate.lag, orders });

  async function arrive(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (simulate.latency > 0) await clock.sleep(simulate.latency * 1000, signal);
    account.refresh();
  }

  return {
    name: "local",
    simulated: true,
    clock: () => {
      const earliest = time();
      return () => ({ earliest, latest: time() });
    },
    supports: Object.fromEntries([...scopes].map(([kind, { support }]) => [kind, support])),
    ...localReader(account, scopes, { arrive, time }),
    ...(invoices !== undefined && { invoices: invoicesIn(resolve(context.root, invoices)) }),
    async proposal({ id }, signal) {
      await arrive(signal);
      return cartState(account, id);
    },
    write: localWriter(account, {
      scopes,
      faults: faults(simulate, chances(name)),
      pending: simulate.pending,
      seed: name,
      time,
      arrive,
    }),
    syncs: log.syncs,
    close: log.close,
  };
}

/** Returns numbers in [0, 1): random, or the same sequence for the same seed. */
function chances(seed: string | undefined): () => number {
  if (seed === undefined) return Math.random;
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash("sha256").update(`${seed}/${drawn}`).digest().readUInt32BE() / 2 ** 32;
  };
}
