import type { Approval, HostApproval } from "../../model/plan/approval.ts";
import { type Checked, type Diagnostic, diagnostic, hasErrors } from "../../model/diagnostic.ts";
import type { Plan, Tripped } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import type { ApplyResult, ApplyOptions } from "./application.ts";
import type { ProjectAccount } from "./apply-run.ts";
import { type Counted, checkApprovals } from "./check-approvals.ts";
import { isAllowed, type Lifting, liftedBy, readLiftings, withoutReason } from "./lifting.ts";
import { blockingProblems } from "../plan/plan.ts";
import type { View } from "../project/project.ts";
import { textOf } from "../../model/text/recorded.ts";

/** A plan that was just made, and the diagnostics so far. */
export interface Examined {
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/** The plan can be applied. */
export interface ExaminedPlan {
  readonly status: "ready";
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  readonly approvals: readonly Approval[];
  readonly hostApprovals: readonly HostApproval[];
  /** The guards that are lifted, each as NAME or NAME=UP-TO. */
  readonly lifted: readonly string[];
}

/**
 * Checks whether a plan that was just made can be applied: no problems, every guard lifted,
 * required reasons given, all approvals present.
 */
export async function examinePlan(
  account: ProjectAccount,
  { plan, diagnostics }: Examined,
  options: ApplyOptions,
): Promise<ExaminedPlan | ApplyResult> {
  const { project, view } = account;
  if (hasErrors(blockingProblems(plan))) return { status: "refused", plan, diagnostics };
  if (plan.changes.length === 0)
    return {
      status: plan.open || !(await isSettled(view)) ? "unsettled" : "nothing",
      plan,
      diagnostics,
    };
  const checked = await checkApprovals(project, plan, {
    now: view.now(),
    approvals: options.approvals,
  });
  const said = { plan, diagnostics: [...diagnostics, ...checked.diagnostics] };
  const liftings = readLiftings(options.allow, project.kinds);
  if (!liftings.ok) return { status: "refused", diagnostics: liftings.diagnostics };
  const tripped = plan.tripped.filter((one) => !isLifted(one, liftings.value, options));
  const host = await askHost(tripped, checked, options);
  const approved =
    (checked.ok && checked.value.independent) || (host?.ok === true && host.value.length > 0);
  const stopping = tripped.filter(({ name }) => !(approved && name === "irreversible"));
  if (stopping.length > 0) {
    const why = [
      ...(host?.diagnostics ?? []),
      ...stopping.map((one) => stopped(one, host !== undefined)),
    ];
    return { status: "guarded", plan, diagnostics: [...diagnostics, ...why] };
  }
  const unreasoned = withoutReason(plan.tripped, options.reason);
  if (unreasoned.length > 0)
    return { status: "guarded", plan, diagnostics: [...diagnostics, ...unreasoned] };
  if (!checked.ok) return { status: "unapproved", ...said };
  const lifted = [...new Set(plan.tripped.map((one) => liftedBy(one, liftings.value)))].sort();
  const hostApprovals = host?.ok ? host.value : [];
  return { status: "ready", ...said, approvals: checked.value.approvals, hostApprovals, lifted };
}

/**
 * An independent approval lifts the guard `irreversible` and no other one. Asks the repository's
 * host only if no signed approval does.
 */
async function askHost(
  tripped: readonly Tripped[],
  checked: Checked<Counted>,
  { hostApprovals }: ApplyOptions,
): Promise<Checked<readonly HostApproval[]> | undefined> {
  const signed = checked.ok && checked.value.independent;
  return tripped.some(({ name }) => name === "irreversible") && !signed
    ? hostApprovals?.()
    : undefined;
}

/** Whether an option or the user's confirmation lifts a guard. */
function isLifted(
  tripped: Tripped,
  liftings: readonly Lifting[],
  { interactive }: ApplyOptions,
): boolean {
  return isAllowed(tripped, liftings) || (interactive && tripped.name === "irreversible");
}

/** Whether no write of an earlier run is open. */
export async function isSettled(view: View): Promise<boolean> {
  const { open } = await view.state();
  return Object.keys(open).length === 0;
}

function stopped(tripped: Tripped, inPipeline: boolean): Diagnostic {
  const { name, needsReason } = tripped;
  const option = needsReason ? `${name} --reason TEXT` : name;
  const hint =
    inPipeline && name === "irreversible"
      ? say`Have somebody who wrote no part of it approve the change on the repository's host, or sign the plan (partnerctl approve, then partnerctl ci publish); then run this step again.`
      : say`If it is meant, apply with --allow ${option}.`;
  const message = textOf(tripped, "message");
  return diagnostic({ severity: "error", code: `guard/${name}`, message, hint });
}
