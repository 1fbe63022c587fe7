import { AdapterUnusable } from "../adapters/factory.ts";
import { actor } from "../cli/project/actor.ts";
import { type OpenedAccount, openAccount } from "../cli/project/account.ts";
import { forgetful } from "../cli/project/ephemeral-runner.ts";
import { openProject as openWorkspace, type Workspace } from "../cli/project/project.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Explanation } from "../model/ledger/history.ts";
import type { Plan } from "../model/plan/plan.ts";
import type { Desired } from "../model/resource.ts";
import type { ApplyOptions, ApplyResult } from "../operations/apply/application.ts";
import { apply } from "../operations/apply/apply.ts";
import { exportAccount } from "../operations/export/export.ts";
import { type PlanOptions, planChanges } from "../operations/plan/plan.ts";
import type { Progress } from "../operations/project/project.ts";
import { validate } from "../operations/project/validate.ts";
import { why } from "../operations/why.ts";

/** Options of `openProject`. */
export interface OpenOptions {
  /** An environment in the project's settings. None if omitted. */
  readonly environment?: string;
  /**
   * Who makes the changes, as recorded in the ledger. Default: the user named by the pipeline,
   * otherwise the system's user.
   */
  readonly actor?: string;
  /** Abort it to stop: requests in flight finish, and no new ones start. */
  readonly signal?: AbortSignal;
  progress?(event: Progress): void;
}

/** Options for applying a reviewed plan. */
export type ApplyReviewed = Partial<
  Pick<ApplyOptions, "allow" | "reason" | "detached" | "approvals" | "parallelism" | "wait">
>;

/** An open project: its settings were read and its backend, ledger and credentials are ready. */
export interface OpenedProject {
  /** Compiles the manifests, or only those under these paths. Does not read the account. */
  validate(paths?: readonly string[]): Promise<Checked<Desired>>;
  /**
   * Compiles the manifests, reads the account and plans. Changes neither the account nor the
   * ledger.
   */
  plan(options?: PlanOptions): Promise<Checked<Plan>>;
  /**
   * Applies a reviewed plan without asking for confirmation. If it is not applied, the result's
   * status and diagnostics say why.
   */
  apply(plan: Plan, options?: ApplyReviewed): Promise<ApplyResult>;
  /** Explains what a plan would do to the object at this address. */
  why(address: string): Promise<Checked<Explanation>>;
  /** Returns the account's objects as manifest files, by path. */
  export(): Promise<Checked<ReadonlyMap<string, string>>>;
  /** Saves the parse cache and closes files and connections. */
  close(): Promise<void>;
}

/**
 * Opens the project in a folder: settings, backend, ledger and credentials. Returns diagnostics if
 * the settings are not valid or the adapter cannot be used.
 */
export async function openProject(
  folder: string,
  options: OpenOptions = {},
): Promise<Checked<OpenedProject>> {
  const { environment, actor: given, signal = new AbortController().signal } = options;
  const flags = {
    project: folder,
    format: "text",
    ...(environment !== undefined && { env: environment }),
    ...(given !== undefined && { actor: given }),
  };
  const workspace = await openWorkspace(flags, version);
  if (!workspace.ok) return workspace;
  const terminal = { remark: () => {}, progress: options.progress ?? (() => {}) };
  try {
    const account = await openAccount(workspace.value, { flags, terminal }, { signal });
    const value = operationsOf(workspace.value, account, actor(given, process.env));
    return { ok: true, value, diagnostics: workspace.diagnostics };
  } catch (error) {
    if (!(error instanceof AdapterUnusable)) throw error;
    return { ok: false, diagnostics: [error.diagnostic] };
  }
}

function operationsOf(
  { project, cache }: Workspace,
  { view, writers, close }: OpenedAccount,
  who: string,
): OpenedProject {
  return {
    validate: (paths) => validate(project, paths),
    plan: (options = {}) => planChanges(project, view, options),
    apply: async (plan, options = {}) => {
      const diagnostics = forgetful(project.settings, process.env);
      if (diagnostics.length > 0) return { status: "refused", diagnostics };
      return apply(project, view, writers, { ...reviewed, ...options, plan, actor: who });
    },
    why: (address) => why(project, view, address),
    export: () => exportAccount(project, view),
    close: async () => {
      cache.save();
      await close();
    },
  };
}

declare const PARTNERCTL_VERSION: string | undefined;

const version = typeof PARTNERCTL_VERSION === "string" ? PARTNERCTL_VERSION : "0.0.0";

/** No confirmation: the plan was reviewed. */
const reviewed = { allow: [], interactive: false, confirm: async () => true };
