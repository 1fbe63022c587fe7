import { resolve } from "node:path";
import type { Examine } from "../../model/plan/approval.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import {
  type Approvals,
  approvalsThatHold,
  checkApprovals,
} from "../../operations/apply/check-approvals.ts";
import { readApprovals } from "../../store/approvals/approval-files.ts";
import { examineAnybody, examineBy } from "../../store/approvals/ssh-signature.ts";
import { authorsOf } from "./plan-mark.ts";
import type { Workspace } from "../project/project.ts";

/**
 * Verifies signatures against the signers in the settings; accepts any signer if the settings name
 * none.
 */
export function examiner({ base, project }: Workspace): Examine {
  const { approvals } = project.settings;
  return approvals ? examineBy(resolve(base, approvals.signers)) : examineAnybody;
}

/** A saved plan and its file. */
export interface PlanFile {
  readonly file: string;
  readonly plan: Plan;
}

/**
 * The approvals at the given paths (default: beside the plan) and the plan's authors. Undefined if
 * the settings require no approvals.
 */
export async function approvalsOf(
  workspace: Workspace,
  { file, plan }: PlanFile,
  paths: readonly string[] | undefined,
): Promise<Approvals | undefined> {
  if (!workspace.project.settings.approvals) return undefined;
  return {
    ...readApprovals(file, paths),
    examine: examiner(workspace),
    authors: await authorsOf(workspace, plan),
  };
}

/**
 * The valid approvals beside a plan, with diagnostics for the others. Without a project, any signer
 * is accepted.
 */
export function shownApprovals(
  workspace: Workspace | undefined,
  file: string,
  plan: Plan,
): ReturnType<typeof approvalsThatHold> {
  const examine = workspace ? examiner(workspace) : examineAnybody;
  return approvalsThatHold(plan, new Date().toISOString(), {
    ...readApprovals(file, undefined),
    examine,
  });
}

/** Notes on why the plan's approvals do not yet suffice. Empty if they do. */
export async function outstandingApprovals(
  workspace: Workspace,
  file: string,
  plan: Plan,
): Promise<readonly Diagnostic[]> {
  const now = new Date().toISOString();
  const checked = await checkApprovals(workspace.project, plan, {
    now,
    approvals: await approvalsOf(workspace, { file, plan }, undefined),
  });
  return checked.ok ? [] : checked.diagnostics.map((one) => ({ ...one, severity: "note" }));
}
