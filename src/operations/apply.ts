import type { Approval } from "../model/approval.ts";
import { type Checked, type Diagnostic, hasErrors } from "../model/diagnostic.ts";
import type { Owner } from "../model/ledger.ts";
import type { Plan, Tripped } from "../model/plan.ts";
import type { Receipt } from "../model/receipt.ts";
import { say } from "../model/say.ts";
import { type Approvals, checkApprovals } from "./check-approvals.ts";
import { checkPlan } from "./check-plan.ts";
import { execute } from "./execute.ts";
import { blocking, type PlanOptions, planChanges } from "./plan.ts";
import type { Lease, Project, View, Writers } from "./project.ts";
import { locked, settleOpen } from "./settle.ts";

/** How to apply: a saved plan as it is, or what planning now gives. */
export interface ApplyOptions extends PlanOptions {
  readonly plan?: Plan;
  /** Guards lifted for this run. */
  readonly allow: readonly string[];
  /** Apply a saved plan although manifests or settings have changed since. */
  readonly detached?: boolean;
  /** What was found of approvals of a saved plan. */
  readonly approvals?: Approvals;
  readonly parallelism?: number;
  readonly actor: string;
  /** A person is asked: a yes lifts the guard for what cannot be undone. */
  readonly interactive: boolean;
  confirm(plan: Plan): Promise<boolean>;
}

/** How an apply ended. `unapproved`: the settings ask for approvals that are not there; nothing lifts that. `unsettled`: nothing to do but to wait for what an earlier run may have done. `refused`: the plan has problems or is not for this account, ledger or manifests. */
export interface Application {
  readonly status: "applied" | "nothing" | "unsettled" | "declined" | "guarded" | "unapproved" | "locked" | "stale" | "refused";
  readonly plan?: Plan;
  readonly receipt?: Receipt;
  readonly diagnostics: readonly Diagnostic[];
  readonly heldBy?: { readonly owner: Owner; readonly since: string; readonly until: string };
}

/** Checks a saved plan's approvals, takes the lease, settles what an earlier run left open, plans or checks the plan, asks, and does it. */
export async function apply(project: Project, view: View, writers: Writers, options: ApplyOptions): Promise<Application> {
  const { plan, approvals } = options;
  const approved = plan && (await checkApprovals(project, plan, { now: view.now(), approvals }));
  if (approved && !approved.ok) return { status: "unapproved", plan, diagnostics: approved.diagnostics };
  const lease = await writers.lease();
  if ("heldBy" in lease) {
    const { heldBy: owner, since, until } = lease;
    return { status: "locked", diagnostics: [locked(lease)], heldBy: { owner, since, until } };
  }
  try {
    const ledgerKey = view.ledgerKey ?? writers.ensureLedgerKey();
    if (!ledgerKey) return { status: "refused", diagnostics: [noKey] };
    const keyed = { ...view, ledgerKey };
    await settleOpen(keyed, { journal: lease.journal, sink: writers.sink, kinds: project.kinds });
    return await decide(project, keyed, { writers, lease, options, ...(approved && { approved }) });
  } catch (error) {
    if (!isInterruption(error, view.signal)) throw error;
    return { status: "declined", diagnostics: [] };
  } finally {
    await lease.release();
  }
}

/** Whether a reading was broken off because the user wants to stop; once a run is open, nothing throws that any more. */
function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError"));
}

/** This ledger has to be given a key, and was not. */
export const noKey: Diagnostic = {
  severity: "error",
  code: "ledger/no-key",
  message: say`this ledger has no key for the digests of personal values`,
  hint: say`set ledger.key to \${PARTNERCTL_LEDGER_KEY} in the settings, and that variable to a secret of your own, the same for every run`,
};

type Keyed = View & { readonly ledgerKey: Uint8Array };

interface Means {
  readonly writers: Writers;
  readonly lease: Lease;
  readonly options: ApplyOptions;
  /** A saved plan's approvals. */
  readonly approved?: Checked<readonly Approval[]> & { readonly ok: true };
}

async function decide(project: Project, view: Keyed, { writers, lease, options, approved }: Means): Promise<Application> {
  const { plan: saved } = options;
  const checked = saved ? await checkPlan(project, view, saved, options) : await planChanges(project, view, options);
  if (!checked.ok) return { status: "refused", diagnostics: checked.diagnostics };
  const plan = checked.value;
  const said = { plan, diagnostics: [...checked.diagnostics, ...(approved?.diagnostics ?? [])] };
  if (hasErrors(blocking(plan))) return { status: "refused", ...said };
  if (plan.changes.length === 0) return { status: (await isSettled(view)) ? "nothing" : "unsettled", ...said };
  const stopping = plan.tripped.filter(({ name }) => !options.allow.includes(name) && !(options.interactive && name === "irreversible"));
  if (stopping.length > 0) return { status: "guarded", plan, diagnostics: [...said.diagnostics, ...stopping.map(stopped)] };
  const approvals = approved ?? (await checkApprovals(project, plan, { now: view.now(), approvals: undefined }));
  if (!approvals.ok) return { status: "unapproved", plan, diagnostics: [...said.diagnostics, ...approvals.diagnostics] };
  if (!(await options.confirm(plan))) return { status: "declined", ...said };
  const allowed = plan.tripped.map(({ name }) => name);
  const receipt = await execute(
    { project, view, writers, journal: lease.journal, plan, ledgerKey: view.ledgerKey },
    { ...options, allow: [...new Set(allowed)].sort(), approvals: approvals.value },
  );
  return { status: receipt.results.some(({ status }) => status === "stale") ? "stale" : "applied", receipt, ...said };
}

async function isSettled(view: View): Promise<boolean> {
  const { open } = await view.state();
  return Object.keys(open).length === 0;
}

function stopped({ name, message }: Tripped): Diagnostic {
  return { severity: "error", code: `guard/${name}`, message, hint: say`if it is meant, apply with --allow ${name}` };
}
