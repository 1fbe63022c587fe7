import type { Plan } from "../../model/plan/plan.ts";
import { planChanges } from "../plan/plan.ts";
import type { Project, View, Writers } from "../project/project.ts";
import type { ApplyOptions, ApplyResult } from "./application.ts";
import type { ProjectAccount } from "./apply-run.ts";
import { checkApprovals } from "./check-approvals.ts";
import { planToApply } from "./check-plan.ts";
import { closeRun } from "./close-run.ts";
import { examinePlan, isSettled } from "./examine-plan.ts";
import { executeChanges, settleUnknown } from "./execute-changes.ts";
import { readLiftings } from "./lifting.ts";
import { openRun } from "./open-run.ts";
import { withLease } from "./with-lease.ts";

export type { ApplyResult, ApplyOptions } from "./application.ts";

/**
 * Applies a plan: takes the lease, settles open writes of earlier runs, plans (again, for a
 * reviewed plan) and executes. An interactive user confirms a new plan before the lease is taken.
 * An interruption before the run opens ends as `declined`.
 */
export async function apply(
  project: Project,
  view: View,
  writers: Writers,
  options: ApplyOptions,
): Promise<ApplyResult> {
  const account = { project, view, writers };
  try {
    const refused = await checkBeforeLease(account, options);
    if (refused) return refused;
    if (!options.interactive || options.plan) return await applyUnderLease(account, options);
    const asked = await confirmNewPlan(account, options);
    return "status" in asked
      ? asked
      : await applyUnderLease(account, { ...options, plan: asked, confirm: async () => true });
  } catch (error) {
    if (!isInterruption(error, view.signal)) throw error;
    return { status: "declined", diagnostics: [] };
  }
}

/** The steps of an apply, one after the other, under the lease. Each may end it. */
function applyUnderLease(account: ProjectAccount, options: ApplyOptions): Promise<ApplyResult> {
  return withLease(account, options, async (leased) => {
    const planned = await planToApply(leased, options);
    if (!planned.ok) return { status: "refused", diagnostics: planned.diagnostics };
    const { plan } = planned.value;
    const examined = await examinePlan(leased, { plan, diagnostics: planned.diagnostics }, options);
    if (examined.status !== "ready") return examined;
    const said = { plan, diagnostics: examined.diagnostics };
    if (!(await options.confirm(plan))) return { status: "declined", ...said };
    const run = await openRun(leased, planned.value, { ...options, ...examined });
    await executeChanges(run);
    await settleUnknown(run);
    const receipt = await closeRun(run);
    return {
      status: receipt.results.some(({ status }) => status === "stale") ? "stale" : "applied",
      receipt,
      ...said,
    };
  });
}

/**
 * Checks a reviewed plan's approvals and the options before the lease is taken or a request is
 * sent. Approvals are checked again after planning.
 */
async function checkBeforeLease(
  account: ProjectAccount,
  options: ApplyOptions,
): Promise<ApplyResult | undefined> {
  const { project, view } = account;
  const { plan, approvals, allow } = options;
  const checked = plan && (await checkApprovals(project, plan, { now: view.now(), approvals }));
  if (checked?.ok === false)
    return { status: "unapproved", plan, diagnostics: checked.diagnostics };
  const liftings = readLiftings(allow, project.kinds);
  return liftings.ok ? undefined : { status: "refused", diagnostics: liftings.diagnostics };
}

/**
 * Makes a plan and asks the user to confirm it. Guards and missing approvals stop the plan before
 * that.
 */
async function confirmNewPlan(
  account: ProjectAccount,
  options: ApplyOptions,
): Promise<Plan | ApplyResult> {
  const { project, view } = account;
  const unsettled = (await isSettled(view))
    ? undefined
    : await withLease(account, options, async () => undefined);
  if (unsettled) return unsettled;
  const planned = await planChanges(project, view, options);
  if (!planned.ok) return { status: "refused", diagnostics: planned.diagnostics };
  const examined = await examinePlan(
    account,
    { plan: planned.value, diagnostics: planned.diagnostics },
    options,
  );
  if (examined.status !== "ready") return examined;
  const { plan, diagnostics } = examined;
  return (await options.confirm(plan)) ? plan : { status: "declined", plan, diagnostics };
}

/**
 * Whether reading stopped because the user interrupted it. Once a run is open, interruptions do not
 * throw.
 */
function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return (
    signal.aborted &&
    (error === signal.reason || (error instanceof Error && error.name === "AbortError"))
  );
}
