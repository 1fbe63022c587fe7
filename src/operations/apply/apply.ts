import { type Checked, hasErrors } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Reviewed } from "../../plan/plan.ts";
import type { ApplyResult, ApplyOptions } from "./application.ts";
import { checkApprovals } from "./check-approvals.ts";
import { checkPlan } from "./check-plan.ts";
import { examine, isSettled } from "./examine-plan.ts";
import { execute } from "./execute.ts";
import { blockingProblems, type Planned, planChanges, planWith, reviewAgain } from "../plan/plan.ts";
import type { WriteLease, Project, View, Writers } from "../project/project.ts";
import { readLiftings } from "./lifting.ts";
import { readyToWrite } from "../project/ready.ts";
import { lockedDiagnostic, settleOpen } from "../settle/settle.ts";

export type { ApplyResult, ApplyOptions } from "./application.ts";

/**
 * Applies a plan: takes the lease, settles open writes of earlier runs, plans (again, for a
 * reviewed plan) and executes. An interactive user confirms a new plan before the lease is taken.
 * An interruption before the run opens ends as `declined`.
 */
export async function apply(project: Project, view: View, writers: Writers, options: ApplyOptions): Promise<ApplyResult> {
  try {
    const unapproved = options.plan && (await lacksApprovals({ project, view, writers }, options.plan, options));
    if (unapproved) return unapproved;
    const liftings = readLiftings(options.allow, project.kinds);
    if (!liftings.ok) return { status: "refused", diagnostics: liftings.diagnostics };
    if (!options.interactive || options.plan) return await underLease({ project, view, writers }, options);
    const asked = await ask({ project, view, writers }, options);
    return "status" in asked ? asked : await underLease({ project, view, writers }, { ...options, plan: asked, confirm: async () => true });
  } catch (error) {
    if (!isInterruption(error, view.signal)) throw error;
    return { status: "declined", diagnostics: [] };
  }
}

/**
 * Checks a reviewed plan's approvals before the lease is taken or a request is sent. They are
 * checked again after planning.
 */
async function lacksApprovals({ project, view }: Account, plan: Plan, { approvals }: ApplyOptions): Promise<ApplyResult | undefined> {
  const checked = await checkApprovals(project, plan, { now: view.now(), approvals });
  return checked.ok ? undefined : { status: "unapproved", plan, diagnostics: checked.diagnostics };
}

/**
 * Whether reading stopped because the user interrupted it. Once a run is open, interruptions do not
 * throw.
 */
function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError"));
}

/**
 * Makes a plan and asks the user to confirm it. Guards and missing approvals stop the plan before
 * that.
 */
async function ask({ project, view, writers }: Account, options: ApplyOptions): Promise<Plan | ApplyResult> {
  const settled = (await isSettled(view))
    ? undefined
    : await leased({ project, view, writers }, { ...(options.wait !== undefined && { wait: options.wait }) }, async () => undefined);
  if (settled) return settled;
  const planned = await planChanges(project, view, options);
  if (!planned.ok) return { status: "refused", diagnostics: planned.diagnostics };
  const ready = await examine(project, view, { plan: planned.value, diagnostics: planned.diagnostics, options });
  if (ready.status !== "ready") return ready;
  return (await options.confirm(ready.plan)) ? ready.plan : { status: "declined", plan: ready.plan, diagnostics: ready.diagnostics };
}

interface Account {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
}

interface Means {
  readonly view: View & { readonly ledgerKey: Uint8Array };
  readonly lease: WriteLease;
}

/** Runs `work` under the lease, after open writes of earlier runs are settled. */
async function leased<T>(
  { project, view, writers }: Account,
  { plan, wait }: Pick<ApplyOptions, "plan" | "wait">,
  work: (means: Means) => Promise<T>,
): Promise<T | ApplyResult> {
  const ready = await readyToWrite(project, view, writers, plan);
  if (!ready.ok) return { status: "refused", diagnostics: ready.diagnostics };
  const { ledgerKey, founding } = ready.value;
  const lease = await writers.lease({ ...(founding && { founding }), ...(wait !== undefined && { wait }) });
  if ("heldBy" in lease) return { status: "locked", diagnostics: [lockedDiagnostic(lease)], held: lease };
  try {
    const keyed = { ...view, ledgerKey };
    await settleOpen(keyed, { journal: lease.journal, sink: writers.sink, kinds: project.kinds });
    return await work({ view: keyed, lease });
  } finally {
    await lease.release();
  }
}

function underLease({ project, view, writers }: Account, options: ApplyOptions): Promise<ApplyResult> {
  return leased({ project, view, writers }, options, async (means) => {
    const judged = await judge(project, means.view, options);
    if (!judged.ok) return { status: "refused", diagnostics: judged.diagnostics };
    const { plan, observation, ...again } = judged.value;
    const ready = await examine(project, means.view, { plan, diagnostics: judged.diagnostics, options });
    if (ready.status !== "ready") return ready;
    const said = { plan, diagnostics: ready.diagnostics };
    if (!(await options.confirm(plan))) return { status: "declined", ...said };
    const { journal, confirm } = means.lease;
    const receipt = await execute(
      {
        project,
        view: means.view,
        writers,
        journal,
        confirm,
        plan,
        again,
        observed: observation.observed,
        ledgerKey: means.view.ledgerKey,
      },
      { ...options, allow: ready.lifted, approvals: ready.approvals, hostApprovals: ready.hostApprovals },
    );
    return { status: receipt.results.some(({ status }) => status === "stale") ? "stale" : "applied", receipt, ...said };
  });
}

/** The plan to apply: a new one, or the reviewed one as planned again. */
async function judge(project: Project, view: View, options: ApplyOptions): Promise<Checked<Reviewed & Pick<Planned, "observation">>> {
  const { plan: reviewed, detached } = options;
  if (!reviewed) {
    const planned = await planWith(project, view, options);
    return planned.ok ? { ...planned, value: { ...planned.value, dropped: new Map(), notes: [] } } : planned;
  }
  const desired = await checkPlan(project, view, reviewed, options);
  if (!desired.ok) return desired;
  if (hasErrors(blockingProblems(reviewed))) return { ok: false, diagnostics: blockingProblems(reviewed) };
  return reviewAgain(project, view, { reviewed, desired, ...(detached && { detached }) });
}
