import { createHmac } from "node:crypto";
import type { Code } from "../../model/codes.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { markKey } from "../../model/ledger/ledger-keys.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";
import { planKey } from "../../operations/project/plan-key.ts";
import { BranchUnavailable } from "../../store/git/branch-files.ts";
import { ledgerRepository, ledgerTraits } from "../../store/ledger/index.ts";
import type { PlanRepository } from "../../store/published-plans.ts";
import { exitStatus } from "../output/exit-status.ts";
import type { Invocation } from "../parse/command.ts";
import { keyOf } from "../project/ledger.ts";
import type { Workspace } from "../project/project.ts";

/** The file name of a published plan. */
export const chief = "plan.json";

/** The file name of the publisher's mark. */
export const markFile = `${chief}.mark`;

/**
 * An HMAC made with the ledger's key: anyone with push access could publish a plan, but only a
 * holder of the key can mark it. Undefined without the key.
 */
export function markOf(workspace: Workspace, key: string, plan: Uint8Array): string | undefined {
  const ledgerKey = keyOf(workspace);
  return ledgerKey
    ? createHmac("sha256", markKey(ledgerKey))
        .update(`partnerctl published plan 1\n${key}\n`)
        .update(plan)
        .digest("hex")
    : undefined;
}

/**
 * Where this project's plans are published, and the key for its current manifests, settings and
 * policies. Diagnostic `plan/no-remote` if the ledger does not support it.
 */
export async function shelfOf({
  root,
  project,
}: Workspace): Promise<Checked<{ readonly shelf: PlanRepository; readonly key: string }>> {
  const { ledger } = project.settings;
  const shelf = ledgerTraits(ledger).publishesPlans ? ledgerRepository(ledger, root) : undefined;
  if (!shelf)
    return refusal(
      "plan/no-remote",
      say`Plans are published beside a git ledger, and this project's ledger is a file.`,
    );
  const key = await planKey(project);
  return key.ok ? { ...key, value: { shelf, key: key.value } } : key;
}

/** Returns the result, or the diagnostic `plan/remote` if the remote is not available. */
export async function onShelf<T>(work: () => Promise<T>): Promise<Checked<T>> {
  try {
    return { ok: true, value: await work(), diagnostics: [] };
  } catch (error) {
    if (error instanceof BranchUnavailable) return refusal("plan/remote", wordingOf(error));
    throw error;
  }
}

/** A failed result with one error. */
export function refusal(code: Code, message: Wording, hint?: Wording): Checked<never> {
  return {
    ok: false,
    diagnostics: [
      record({ severity: "error", code, message, ...(hint !== undefined && { hint }) }),
    ],
  };
}

/** Shows why nothing was published or fetched. Returns exit status 1. */
export function showFailure({ terminal }: Invocation, diagnostics: readonly Diagnostic[]): number {
  terminal.diagnostics(diagnostics);
  return exitStatus.error;
}
