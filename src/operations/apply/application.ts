import type { HostApproval } from "../../model/plan/approval.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { WatchedLease } from "../../model/ledger/ledger.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Receipt } from "../../model/plan/receipt.ts";
import type { Approvals } from "./check-approvals.ts";
import type { PlanOptions } from "../plan/plan.ts";

/** How to apply: a reviewed plan, or what planning now gives. */
export interface ApplyOptions extends Omit<PlanOptions, "asOf"> {
  readonly plan?: Plan;
  /** Guards lifted for this run, each as NAME or NAME=UP-TO. */
  readonly allow: readonly string[];
  /** Why they are lifted. */
  readonly reason?: string;
  /** Apply a saved plan although manifests or settings have changed since. */
  readonly detached?: boolean;
  /** The saved plan bears the ledger's mark: the tool itself made it, where the ledger's key is at hand. */
  readonly marked?: boolean;
  /** What was found of approvals of a saved plan. */
  readonly approvals?: Approvals;
  /** In a pipeline: asks the repository's host who approved what was merged. Asked only where it can lift a guard. */
  hostApprovals?(): Promise<Checked<readonly HostApproval[]> | undefined>;
  readonly parallelism?: number;
  /** How many seconds to wait for a lease that somebody else holds. */
  readonly wait?: number;
  readonly actor: string;
  /** A person is asked: a yes lifts the guard for what cannot be undone. */
  readonly interactive: boolean;
  confirm(plan: Plan): Promise<boolean>;
}

/** How an apply ended. `unapproved`: the settings ask for approvals that are not there; nothing lifts that. `unsettled`: nothing to do but to wait for what an earlier run may have done. `refused`: the plan has problems or is not for this account, ledger or manifests. */
export interface ApplyResult {
  readonly status: "applied" | "nothing" | "unsettled" | "declined" | "guarded" | "unapproved" | "locked" | "stale" | "refused";
  readonly plan?: Plan;
  readonly receipt?: Receipt;
  readonly diagnostics: readonly Diagnostic[];
  readonly held?: WatchedLease;
}
