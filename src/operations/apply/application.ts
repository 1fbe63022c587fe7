import type { HostApproval } from "../../model/plan/approval.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { WatchedLease } from "../../model/ledger/ledger.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Receipt } from "../../model/plan/receipt.ts";
import type { Approvals } from "./check-approvals.ts";
import type { PlanOptions } from "../plan/plan.ts";

/** How to apply: a reviewed plan, or a new plan if `plan` is omitted. */
export interface ApplyOptions extends Omit<PlanOptions, "asOf"> {
  readonly plan?: Plan;
  /** Guards lifted for this run, each as NAME or NAME=UP-TO. */
  readonly allow: readonly string[];
  /** Why they are lifted. Some guards require a reason. */
  readonly reason?: string;
  /** Apply a saved plan without its manifests, even if manifests or settings have changed since. */
  readonly detached?: boolean;
  /** The saved plan has a valid mark: it was made by this tool with the ledger's key. */
  readonly marked?: boolean;
  /** The approvals found for a saved plan. */
  readonly approvals?: Approvals;
  /**
   * In a pipeline: asks the repository's host who approved the merged change. Called only if that
   * could lift a guard.
   */
  hostApprovals?(): Promise<Checked<readonly HostApproval[]> | undefined>;
  readonly parallelism?: number;
  /** How many seconds to wait for a lease that somebody else holds. */
  readonly wait?: number;
  readonly actor: string;
  /** A person confirms the plan. This lifts the guard `irreversible`. */
  readonly interactive: boolean;
  confirm(plan: Plan): Promise<boolean>;
}

/**
 * How an apply ended. `refused`: the plan has problems, or is not for this account, ledger or
 * manifests. `guarded`: a guard that was not lifted stops it. `unapproved`: required approvals are
 * missing; no option lifts that. `locked`: somebody else holds the lease. `unsettled`: nothing to
 * apply, but the outcome of an earlier write is unknown. `declined`: the user said no or
 * interrupted it. `stale`: at least one change was stale; others may be done.
 */
export interface ApplyResult {
  readonly status:
    | "applied"
    | "nothing"
    | "unsettled"
    | "declined"
    | "guarded"
    | "unapproved"
    | "locked"
    | "stale"
    | "refused";
  readonly plan?: Plan;
  readonly receipt?: Receipt;
  readonly diagnostics: readonly Diagnostic[];
  readonly held?: WatchedLease;
}
