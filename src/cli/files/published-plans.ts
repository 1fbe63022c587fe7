import type { Code } from "../../model/codes.ts";
import { createHmac } from "node:crypto";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";
import { markKey } from "../../model/ledger/ledger-keys.ts";
import { planKey } from "../../operations/project/plan-key.ts";
import { BranchUnavailable } from "../../store/git/branch-files.ts";
import { ledgerRepository, ledgerTraits } from "../../store/ledger/index.ts";
import type { PlanRepository } from "../../store/published-plans.ts";
import type { Invocation } from "../parse/command.ts";
import { exitStatus } from "../output/exit-status.ts";
import { keyOf } from "../project/ledger.ts";
import type { Workspace } from "../project/project.ts";

/** What a plan is called among the files that are published with it. */
export const chief = "plan.json";

/** What the mark of whoever published the plan is called. */
export const markFile = `${chief}.mark`;

/** What only those can write who have the ledger's key: whoever can push to the repository could put a plan there, and have it applied. Undefined where the key is not given. */
export function markOf(workspace: Workspace, key: string, plan: Uint8Array): string | undefined {
  const ledgerKey = keyOf(workspace);
  return ledgerKey
    ? createHmac("sha256", markKey(ledgerKey)).update(`partnerctl published plan 1\n${key}\n`).update(plan).digest("hex")
    : undefined;
}

/** Where plans of this project are published, and under which key those of its manifests, settings and policies are. */
export async function shelfOf({ root, project }: Workspace): Promise<Checked<{ readonly shelf: PlanRepository; readonly key: string }>> {
  const { ledger } = project.settings;
  const shelf = ledgerTraits(ledger).publishesPlans ? ledgerRepository(ledger, root) : undefined;
  if (!shelf) return refusal("plan/no-remote", say`plans are published beside a git ledger, and this project's ledger is a file`);
  const key = await planKey(project);
  return key.ok ? { ...key, value: { shelf, key: key.value } } : key;
}

/** The work, or the diagnostic of a remote that cannot be used. */
export async function onShelf<T>(work: () => Promise<T>): Promise<Checked<T>> {
  try {
    return { ok: true, value: await work(), diagnostics: [] };
  } catch (error) {
    if (error instanceof BranchUnavailable) return refusal("plan/remote", error.message);
    throw error;
  }
}

/** A reason why nothing was published or fetched. */
export function refusal(code: Code, message: string, hint?: string): Checked<never> {
  return { ok: false, diagnostics: [{ severity: "error", code, message, ...(hint !== undefined && { hint }) }] };
}

/** Tells why nothing was published or fetched; the exit status. */
export function showFailure({ terminal }: Invocation, diagnostics: readonly Diagnostic[]): number {
  terminal.diagnostics(diagnostics);
  return exitStatus.error;
}
