import { type OpenedAccount, openAccount } from "../../src/cli/project/account.ts";
import type { Invocation } from "../../src/cli/parse/command.ts";
import { openProject, type Workspace } from "../../src/cli/project/project.ts";
import { report } from "../../src/report/index.ts";

/** How everything is shown. */
export const style = { color: false, width: 100 };

/** In which format. */
export const text = report("text");

/** A project and its account, opened as the command line opens them. */
export interface CaseHarness {
  readonly workspace: Workspace;
  readonly account: OpenedAccount;
}

/** What may differ from one opening to the next. */
export interface CaseOptions {
  readonly env?: string;
  readonly signal?: AbortSignal;
}

/** Acts in a project's folder, as one process would. */
export async function inProject<T>(
  root: string,
  { env, signal }: CaseOptions,
  act: (stage: CaseHarness) => Promise<T>,
): Promise<T> {
  const opened = await openProject(
    { project: root, format: "text", ...(env !== undefined && { env }) },
    "0.0.0",
  );
  if (!opened.ok)
    throw new Error(text.show({ kind: "diagnostics", diagnostics: opened.diagnostics }, style));
  const invocation = {
    flags: { format: "text", actor: "li.wei" },
    terminal: {},
  } as unknown as Invocation;
  const account = await openAccount(opened.value, invocation, {
    signal: signal ?? new AbortController().signal,
  });
  try {
    return await act({ workspace: opened.value, account });
  } finally {
    await account.close();
  }
}
