import { AdapterUnusable } from "../adapters/factory.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { StoredLedger } from "../store/ledger/stored.ts";
import { type Account, openAccount } from "./account.ts";
import type { Invocation } from "./command.ts";
import { exitStatus } from "./exit-status.ts";
import { openStoredLedger } from "./ledger.ts";
import { openProject, type Workspace } from "./project.ts";

/** Does something in the project's folder; the status is 1, with the reasons told, where there is no project that can be read. */
export async function inProject(invocation: Invocation, work: (workspace: Workspace) => Promise<number>): Promise<number> {
  const { flags, terminal, version } = invocation;
  const opened: Checked<Workspace> = openProject(flags, version);
  if (!opened.ok) {
    terminal.diagnostics(opened.diagnostics);
    return exitStatus.error;
  }
  terminal.aside(opened.diagnostics);
  try {
    return await work(opened.value);
  } finally {
    opened.value.cache.save();
  }
}

/** The same with the project's ledger, and no backend. */
export async function inLedger(invocation: Invocation, work: (workspace: Workspace, ledger: StoredLedger) => Promise<number>): Promise<number> {
  return inProject(invocation, (workspace) => work(workspace, openStoredLedger(workspace)));
}

/** The same with the project's account, which is let go of afterwards; `signal` is aborted when the user wants to stop. */
export async function inAccount(
  invocation: Invocation,
  work: (workspace: Workspace, account: Account) => Promise<number>,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  return inProject(invocation, async (workspace) => {
    const account = await opened(workspace, invocation, signal);
    if (!account) return exitStatus.error;
    try {
      return await work(workspace, account);
    } finally {
      await account.close();
    }
  });
}

async function opened(workspace: Workspace, invocation: Invocation, signal: AbortSignal): Promise<Account | undefined> {
  try {
    return await openAccount(workspace, invocation, signal);
  } catch (error) {
    if (!(error instanceof AdapterUnusable)) throw error;
    invocation.terminal.diagnostics([error.diagnostic]);
    return undefined;
  }
}
