/** The library's way in: a project's folder becomes something that plans and applies. */
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

/** How a project is opened. */
export interface OpenOptions {
  /** The environment of its settings; none unless given. */
  readonly environment?: string;
  /** Who acts, as the ledger records it; what the pipeline or the system says, unless given. */
  readonly actor?: string;
  /** Aborted when the caller wants to stop: what is in flight is finished, nothing new begins. */
  readonly signal?: AbortSignal;
  progress?(event: Progress): void;
}

/** What applying a reviewed plan takes beside the plan. */
export type ApplyReviewed = Partial<Pick<ApplyOptions, "allow" | "reason" | "detached" | "approvals" | "parallelism" | "wait">>;

/** A project whose settings are read and whose account can be reached. */
export interface OpenedProject {
  /** Compiles the manifests, or those under these paths. Reads no account. */
  validate(paths?: readonly string[]): Promise<Checked<Desired>>;
  /** Compiles, reads the account and plans. Writes nothing, anywhere. */
  plan(options?: PlanOptions): Promise<Checked<Plan>>;
  /** Applies a plan as it was reviewed, or says why not. */
  apply(plan: Plan, options?: ApplyReviewed): Promise<ApplyResult>;
  /** Explains what a plan made now would do to an address. */
  why(address: string): Promise<Checked<Explanation>>;
  /** The account as manifest files, by path. */
  export(): Promise<Checked<ReadonlyMap<string, string>>>;
  /** Lets go of files and connections. */
  close(): Promise<void>;
}

/** Opens the project in a folder: its settings, backend, ledger and credentials. */
export async function openProject(folder: string, options: OpenOptions = {}): Promise<Checked<OpenedProject>> {
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

function operationsOf({ project, cache }: Workspace, { view, writers, close }: OpenedAccount, who: string): OpenedProject {
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

/** Nobody is asked: the plan was reviewed. */
const reviewed = { allow: [], interactive: false, confirm: async () => true };
