import { statSync } from "node:fs";
import { resolve } from "node:path";
import { resolveSettings } from "../../manifest/settings/resolve-settings.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import type { StoredLedger } from "../../store/ledger/chain/stored-ledger.ts";
import { openLedger } from "../../store/ledger/index.ts";
import { exitStatus } from "../output/exit-status.ts";
import type { Invocation } from "../parse/command.ts";
import { type Open, type OpenedAccount, type Opening, openAccount, openToRead } from "./account.ts";
import { openStoredLedger } from "./ledger.ts";
import { openProject, type Workspace } from "./project.ts";

/**
 * Runs work in the project. Secrets are not required by default. Shows the errors and returns
 * status 1 if the project cannot be read.
 */
export async function inProject(
  invocation: Invocation,
  work: (workspace: Workspace) => Promise<number>,
  { secretless = true } = {},
): Promise<number> {
  const { flags, terminal, version } = invocation;
  const opened: Checked<Workspace> = await openProject(flags, version, { secretless });
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

/**
 * Runs work on a ledger without a backend: the project's ledger, or a ledger file, which needs no
 * project.
 */
export async function inLedger(
  invocation: Invocation,
  work: (ledger: StoredLedger, workspace?: Workspace) => Promise<number>,
  file?: string,
): Promise<number> {
  if (file === undefined)
    return inProject(invocation, (workspace) => work(openStoredLedger(workspace), workspace));
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    invocation.terminal.diagnostics([noFile(file)]);
    return exitStatus.error;
  }
  const { ledger } = resolveSettings({
    apiVersion: "partnercenter/v1",
    kind: "Settings",
    ledger: { path: resolve(file) },
  });
  return work(openLedger(ledger, { root: ".", now: () => new Date() }));
}

function noFile(file: string): Diagnostic {
  return record({
    severity: "error",
    code: "ledger/no-file",
    message: say`There is no ledger's file ${file}.`,
    hint: say`A ledger on a git branch becomes one with: \`cat ledger/*/*.jsonl > ledger.jsonl\`.`,
  });
}

type Work = (workspace: Workspace, account: OpenedAccount) => Promise<number>;

/** Runs work with the project's account, which is closed afterwards. Its backend cannot write. */
export function inAccount(invocation: Invocation, work: Work): Promise<number> {
  return within(invocation, work, { open: openToRead, signal: new AbortController().signal });
}

/**
 * Runs work with an account whose backend can write. `signal` aborts when the user stops the
 * command.
 */
export function inWritableAccount(
  invocation: Invocation,
  work: Work,
  signal: AbortSignal,
): Promise<number> {
  return within(invocation, work, { open: openAccount, signal });
}

interface Way extends Opening {
  readonly open: Open;
}

function within(invocation: Invocation, work: Work, { open, ...opening }: Way): Promise<number> {
  const inAccountOf = async (workspace: Workspace): Promise<number> => {
    const account = await open(workspace, invocation, opening);
    try {
      return await work(workspace, account);
    } finally {
      await account.close();
    }
  };
  return inProject(invocation, inAccountOf, { secretless: false });
}
