import { randomUUID } from "node:crypto";
import { openAdapter } from "../adapters/index.ts";
import { readOnly } from "../adapters/read-only.ts";
import type { Adapter } from "../model/adapter.ts";
import type { Spec } from "../model/json.ts";
import { digestKey } from "../model/ledger-keys.ts";
import type { LedgerState } from "../model/ledger-state.ts";
import type { Lease, View, Writers } from "../operations/project.ts";
import { ageSink } from "../store/credentials.ts";
import { most, readBounded } from "../store/read-input.ts";
import { type Lease as StoredLease, takeLease } from "../store/ledger/lease.ts";
import type { StoredLedger } from "../store/ledger/stored.ts";
import { actor } from "./actor.ts";
import type { Invocation } from "./command.ts";
import { credentialStore } from "./credential-store.ts";
import { ensureDigestKey, keyOf, keyProblem, openStoredLedger, openToAppend, owner, plannedLedgerId, statesOf } from "./ledger.ts";
import { password } from "./password.ts";
import { pricedOn } from "./prices.ts";
import type { Workspace } from "./project.ts";

/** The account as it can be looked at, and what it takes to write to it. */
export interface Account {
  readonly view: View;
  readonly writers: Writers;
  close(): Promise<void>;
}

interface Parts {
  readonly adapter: Adapter;
  readonly ledger: StoredLedger;
  readonly state: View["state"];
  readonly invocation: Invocation;
  readonly signal: AbortSignal;
}

/** How an account is opened. */
export type Open = (workspace: Workspace, invocation: Invocation, signal: AbortSignal) => Promise<Account>;

/** Opens the backend, the ledger and the credential sink the settings name. Throws AdapterUnusable. */
export const openAccount: Open = (workspace, invocation, signal) => open(workspace, { invocation, signal, access: "write" });

/** The same with a backend that cannot write at all: what every command but `apply` is given. */
export const openToRead: Open = (workspace, invocation, signal) => open(workspace, { invocation, signal, access: "read" });

async function open(
  workspace: Workspace,
  { invocation, signal, access }: Pick<Parts, "invocation" | "signal"> & { readonly access: "read" | "write" },
): Promise<Account> {
  const { root, base, project } = workspace;
  const { adapter: name = "local", adapters } = project.settings;
  const adapter = await openAdapter(name, (adapters?.[name] ?? {}) as Spec, { root, base, access, readFile });
  const ledger = openStoredLedger(workspace);
  const parts: Parts = { adapter, ledger, state: statesOf(workspace, ledger), invocation, signal };
  return { view: viewOf(workspace, parts), writers: writersOf(workspace, parts), close: async () => adapter.close?.() };
}

/** Keys and certificates are small. */
function readFile(path: string): Uint8Array {
  const read = readBounded(path, most.small);
  if (typeof read === "string") throw Object.assign(new Error(read), { code: read });
  return read;
}

function viewOf(workspace: Workspace, { adapter, ledger, state, invocation, signal }: Parts): View {
  let known: LedgerState | undefined;
  return {
    reader: readOnly(adapter),
    ledger,
    state: async () => {
      known = await state();
      return known;
    },
    plannedLedgerId: () => plannedLedgerId(workspace),
    // Another ledger's key would make every value look as if it had moved.
    get ledgerKey() {
      const key = keyOf(workspace);
      return key && !(known && keyProblem(workspace, known)) ? digestKey(key) : undefined;
    },
    keyProblem: (now) => keyProblem(workspace, now),
    catalogue: (offers, asOf) => pricedOn(workspace, offers, asOf),
    now: () => new Date().toISOString(),
    signal,
    progress: invocation.terminal.progress,
  };
}

function writersOf(workspace: Workspace, { adapter, state, invocation }: Parts): Writers {
  const { project } = workspace;
  const { leaseSeconds = 300 } = project.settings.ledger ?? {};
  const { recipients = [] } = project.settings.credentials ?? {};
  const now = (): Date => new Date();
  return {
    adapter,
    sink: ageSink({ store: credentialStore(workspace), recipients, now }),
    lease: async ({ founding }) => {
      const taken = await takeLease(openToAppend(workspace, founding), {
        owner: owner(actor(invocation.flags.actor, process.env)),
        now,
        leaseSeconds,
        state: await state(),
      });
      return "heldBy" in taken ? taken : keptAlive(taken, leaseSeconds);
    },
    ensureLedgerKey: async () => ensureDigestKey(workspace, await state()),
    password,
    runId: randomUUID,
  };
}

/** A lease that is renewed well before its time is up. That it was taken over shows at the next write. */
function keptAlive(lease: StoredLease, seconds: number): Lease {
  const timer = setInterval(() => lease.renew().catch(() => clearInterval(timer)), (seconds * 1000) / 3).unref();
  return {
    journal: lease.journal,
    release: async () => {
      clearInterval(timer);
      await lease.release();
    },
  };
}
