import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadLogin } from "../../adapters/index.ts";
import { type Checked, type Diagnostic, diagnostic, hasErrors } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { exportAccount } from "../../operations/export/export.ts";
import { blockingProblems, planChanges } from "../../operations/plan/plan.ts";
import { writeAll } from "../../store/files/write-all.ts";
import { schemaFolderFrom } from "../files/schema-folder.ts";
import { errorDiagnostic } from "../output/error-message.ts";
import { exitStatus, statusOf } from "../output/exit-status.ts";
import { interruption } from "../output/signals.ts";
import type { Terminal } from "../output/terminal.ts";
import { type OpenedAccount, openToRead } from "../project/account.ts";
import { openProject, type Workspace } from "../project/project.ts";
import { signInUser } from "../project/sign-in/sign-in-user.ts";
import { type AccountProject, writeAccount } from "./write-account.ts";

const steps: readonly Wording[] = [
  say`the settings`,
  say`the sign-in`,
  say`the export`,
  say`the first plan`,
];

interface Walk {
  readonly project: AccountProject;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

interface InAccount extends Walk {
  readonly workspace: Workspace;
  readonly account: OpenedAccount;
}

/**
 * Makes a project of an account that is there already: settings, sign-in, export and a first plan,
 * which is empty. Each step is done whole or not at all. Called again, it goes on with the step
 * that failed. Returns the exit status.
 */
export async function fromAccount(project: AccountProject, terminal: Terminal): Promise<number> {
  const signal = interruption(() => undefined);
  const walk: Walk = { project, terminal, signal };
  const written = await step(walk, 1, () => writeAccount(project, terminal, signal));
  if (!written.ok) return written.status;
  const { folder, flags, version } = project;
  const opened = await step(walk, 2, () => openProject({ ...flags, project: folder }, version));
  if (!opened.ok) return opened.status;
  const workspace = opened.value;
  try {
    const signedIn = await step(walk, 2, () => signIn(walk, workspace));
    return signedIn.ok
      ? await inAccount({ ...walk, workspace, account: signedIn.value })
      : signedIn.status;
  } finally {
    workspace.cache.save();
  }
}

async function inAccount(walk: InAccount): Promise<number> {
  try {
    const exported = await step(walk, 3, () => exportManifests(walk));
    if (!exported.ok) return exported.status;
    const planned = await step(walk, 4, () => firstPlan(walk, exported.value));
    if (!planned.ok) return planned.status;
    walk.terminal.show({ kind: "plan", plan: planned.value, approvals: [] });
    walk.terminal.remark(
      say`The manifests in ${walk.workspace.project.settings.manifests} declare the account as it is. Edit them, then run partnerctl plan.`,
    );
    return exitStatus.done;
  } finally {
    await walk.account.close();
  }
}

type Step<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number };

/** Does a step. If it fails, shows why and which one it was. */
async function step<T>(
  { terminal, signal }: Walk,
  number: number,
  work: () => Promise<Checked<T>>,
): Promise<Step<T>> {
  const done = await work().catch((error: unknown): Checked<T> => {
    const trouble = errorDiagnostic(error);
    if (trouble === undefined) throw error;
    return { ok: false, diagnostics: [trouble] };
  });
  if (done.ok) {
    terminal.aside(done.diagnostics);
    return done;
  }
  if (signal.aborted) return { ok: false, status: exitStatus.stopped };
  terminal.diagnostics([...done.diagnostics, stopped(number)]);
  return { ok: false, status: statusOf(done.diagnostics) };
}

function stopped(number: number): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "init/stopped",
    message: say`Step ${number} of ${steps.length}, ${steps[number - 1] ?? ""}, failed. What earlier steps wrote is whole, and this one wrote nothing.`,
    hint: say`Mend the cause, in partnerctl.yaml if it is there, and give the same command again: it goes on from here.`,
  });
}

/** Signs in where a user has to, opens the account and asks for its permissions. */
async function signIn(
  { terminal, signal }: Walk,
  workspace: Workspace,
): Promise<Checked<OpenedAccount>> {
  const login = await loadLogin(workspace.project.settings.adapter);
  const show = terminal.problem;
  if (login) await signInUser(workspace, terminal, { login, signal, onlyIfNeeded: true, show });
  const account = await openToRead(workspace, { flags: {}, terminal }, { signal });
  const refused = await refusals(account).catch(async (error: unknown) => {
    await account.close();
    throw error;
  });
  if (!hasErrors(refused)) return { ok: true, value: account, diagnostics: refused };
  await account.close();
  return { ok: false, diagnostics: refused };
}

/** What the account does not allow. What needs a user, `partnerctl check` lists. */
async function refusals({ view }: OpenedAccount): Promise<readonly Diagnostic[]> {
  await view.reader.account(view.signal);
  const probes = (await view.reader.probe?.(view.signal)) ?? [];
  return probes
    .filter(({ allowed, optional, token }) => !allowed && !(optional && token === "user"))
    .map(({ what, said = "", hint, optional }) =>
      diagnostic({
        severity: optional ? "warning" : "error",
        code: "init/not-allowed",
        message:
          said === ""
            ? say`The account does not allow this: ${what}`
            : say`The account does not allow this: ${what} Its answer: ${said}`,
        hint,
      }),
    );
}

/** Writes the account as manifests, unless there are some. Returns whether it wrote them. */
async function exportManifests({
  workspace,
  account,
  terminal,
}: InAccount): Promise<Checked<boolean>> {
  const { project, root } = workspace;
  const folder = join(root, project.settings.manifests);
  if (hasManifests(folder)) {
    terminal.remark(say`The manifests in ${project.settings.manifests} are left as they were.`);
    return { ok: true, value: false, diagnostics: [] };
  }
  const schemas = schemaFolderFrom(root, folder);
  const exported = await exportAccount(project, account.view, schemas && { schemas });
  if (!exported.ok) return exported;
  writeAll(folder, exported.value);
  return { ok: true, value: true, diagnostics: exported.diagnostics };
}

function hasManifests(folder: string): boolean {
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];
  return files.some((path) => /\.ya?ml$/.test(path));
}

/** The plan of the manifests. A new export's plan must be empty. */
async function firstPlan(
  { workspace: { project }, account }: InAccount,
  isNew: boolean,
): Promise<Checked<Plan>> {
  const planned = await planChanges(project, account.view, {});
  if (!planned.ok) return planned;
  const blocking = blockingProblems(planned.value);
  if (blocking.length > 0) return { ok: false, diagnostics: blocking };
  const addresses = planned.value.changes.map(({ address }) => address);
  if (!isNew || addresses.length === 0) return planned;
  const message = say`The account changed while it was exported, so the first plan is not empty: ${{ list: addresses }}.`;
  const hint = say`Use partnerctl pull to bring the changes into the manifests.`;
  return {
    ok: false,
    diagnostics: [diagnostic({ severity: "error", code: "init/plan-not-empty", message, hint })],
  };
}
