import { randomUUID } from "node:crypto";
import { openAdapter } from "../../adapters/index.ts";
import { readOnly } from "../../adapters/read-only.ts";
import type { Adapter } from "../../model/adapter.ts";
import { digestKey } from "../../model/ledger/ledger-keys.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { WatchedLease } from "../../model/ledger/ledger.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Spec } from "../../model/values/json.ts";
import type { View, Writers } from "../../operations/project/project.ts";
import type { FirstSeen } from "../../store/cache/first-sights.ts";
import { ageSink } from "../../store/credentials/credentials.ts";
import { isWritable } from "../../store/files/is-writable.ts";
import type { StoredLedger } from "../../store/ledger/chain/stored-ledger.ts";
import { takeLease } from "../../store/ledger/lease/lease.ts";
import type { Terminal } from "../output/terminal.ts";
import type { Flags } from "../parse/flags.ts";
import { actor } from "./actor.ts";
import { credentialStore } from "./credential-store.ts";
import {
  firstSeenIn,
  keepAlive,
  leasingOf,
  ownSurroundings,
  type Surroundings,
  waitingFor,
} from "./leasing.ts";
import {
  ensureDigestKey,
  keyOf,
  keyProblem,
  openStoredLedger,
  openToAppend,
  plannedLedgerId,
  statesOf,
} from "./ledger.ts";
import { isEphemeral } from "./ephemeral-runner.ts";
import { password } from "./password.ts";
import { pricedOn } from "./prices.ts";
import type { Workspace } from "./project.ts";
import { readFile } from "./sign-in/read-file.ts";
import { withSecrets } from "./sign-in/secrets.ts";

/** An open account: its read view, and the writers for an apply. */
export interface OpenedAccount {
  readonly view: View;
  readonly writers: Writers;
  close(): Promise<void>;
}

/** The flags and the terminal of the command that opens an account. */
export interface Caller {
  readonly flags: Pick<Flags, "actor">;
  readonly terminal: Pick<Terminal, "remark" | "progress"> &
    Partial<Pick<Terminal, "log" | "aside">>;
}

interface Parts {
  readonly adapter: Adapter;
  readonly ledger: StoredLedger;
  readonly state: View["state"];
  readonly invocation: Caller;
  readonly signal: AbortSignal;
  readonly surroundings: Surroundings;
  readonly firstSeen: FirstSeen;
}

/** How to open an account. */
export interface Opening {
  /** Aborts when the user stops the command. */
  readonly signal: AbortSignal;
  /** Default: those of this process. */
  readonly surroundings?: Surroundings;
}

/** Opens an account. */
export type Open = (
  workspace: Workspace,
  invocation: Caller,
  opening: Opening,
) => Promise<OpenedAccount>;

/** Opens the backend, ledger and credential sink of the settings. Throws AdapterUnusable. */
export const openAccount: Open = (workspace, invocation, opening) =>
  open(workspace, { invocation, ...opening, access: "write" });

/**
 * Opens the account with a backend that cannot write, for all commands except `apply`. Throws
 * AdapterUnusable.
 */
export const openToRead: Open = (workspace, invocation, opening) =>
  open(workspace, { invocation, ...opening, access: "read" });

async function open(
  workspace: Workspace,
  {
    invocation,
    signal,
    access,
    surroundings = ownSurroundings(),
  }: Opening & { readonly invocation: Caller; readonly access: "read" | "write" },
): Promise<OpenedAccount> {
  const { root, base, project } = workspace;
  const { adapter: name, adapters } = project.settings;
  const { clock } = surroundings;
  const { options, keeperOf } = await withSecrets((adapters[name] ?? {}) as Spec, workspace);
  const adapter = await openAdapter(name, options, {
    ...{ root, base, access, readFile, isWritable, keeperOf, clock, random: Math.random },
    isEphemeral: isEphemeral(process.env),
    warn: (warning) => invocation.terminal.aside?.([warning]),
    ...(invocation.terminal.log && { log: invocation.terminal.log }),
  });
  invocation.terminal.log?.(
    "debug",
    [name, access, `node=${process.version}`, `ledger=${project.settings.ledger.type}`].join(" "),
  );
  const ledger = openStoredLedger(workspace);
  const firstSeen = firstSeenIn(workspace, surroundings);
  const parts: Parts = {
    adapter,
    ledger,
    state: statesOf(workspace, ledger),
    invocation,
    signal,
    surroundings,
    firstSeen,
  };
  return {
    view: viewOf(workspace, parts),
    writers: writersOf(workspace, parts),
    close: async () => adapter.close?.(),
  };
}

function viewOf(
  workspace: Workspace,
  { adapter, ledger, state, invocation, signal, surroundings, firstSeen }: Parts,
): View {
  const { clock } = surroundings;
  let known: LedgerState | undefined;
  return {
    reader: readOnly(adapter),
    ledger,
    state: async () => {
      known = await state();
      return known;
    },
    plannedLedgerId: () => plannedLedgerId(workspace),
    // With the key of another ledger, every digested value would look changed.
    get ledgerKey() {
      const key = keyOf(workspace);
      return key && !(known && keyProblem(workspace, known)) ? digestKey(key) : undefined;
    },
    keyProblem: (now) => keyProblem(workspace, now),
    catalogue: (offers, asOf) => pricedOn(workspace, offers, asOf),
    now: () => clock.now().toISOString(),
    clock,
    firstSeen,
    signal,
    progress: invocation.terminal.progress,
  };
}

function writersOf(
  workspace: Workspace,
  { adapter, state, invocation, signal, surroundings, firstSeen }: Parts,
): Writers {
  const { project } = workspace;
  const { recipients } = project.settings.credentials;
  const readers = project.settings.ledger.recipients;
  return {
    adapter,
    sink: ageSink({ store: credentialStore(workspace), recipients, now: surroundings.clock.now }),
    lease: async ({ founding, wait }) => {
      const who = actor(invocation.flags.actor, process.env);
      const leasing = {
        ...leasingOf(workspace, { actor: who, firstSeen, ...surroundings }),
        state: await state(),
      };
      const begins = (held: WatchedLease) => invocation.terminal.remark(waitingFor(held));
      const taken = await takeLease(
        openToAppend(workspace, founding),
        leasing,
        wait === undefined ? undefined : { seconds: wait, signal, begins },
      );
      return "heldBy" in taken ? taken : keepAlive(taken, leasing);
    },
    ...(readers && {
      sealPlan: async (plan: Plan) =>
        (await import("../../store/credentials/sealed-plan.ts")).sealPlan(plan, readers),
    }),
    ensureLedgerKey: async () => ensureDigestKey(workspace, await state()),
    password,
    runId: randomUUID,
  };
}
