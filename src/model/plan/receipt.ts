import type { Code } from "../codes.ts";
import type { Address } from "../address.ts";
import type { Approval, HostApproval } from "./approval.ts";
import type { Digest, Hash } from "../values/digest.ts";
import type { Action, ChangeId } from "./plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Quoting } from "../text/quotes.ts";
import type { Worded } from "../text/recorded.ts";

/**
 * How a change ended. `done-earlier`: an identical change was done from another plan. `unknown`:
 * the response was lost and no read has settled the outcome yet. `manual`: a person must still do
 * it.
 */
export type Status =
  | "done"
  | "done-earlier"
  | "stale"
  | "failed"
  | "skipped"
  | "unknown"
  | "manual";

/** The result of one change. */
export interface Result extends Quoting {
  readonly change: ChangeId;
  readonly address: Address;
  readonly action: Action;
  readonly status: Status;
  /** The backend's id after the change. */
  readonly id?: string;
  /** Why it is not done: the adapter's message, the required change, the fields that changed. */
  readonly because?: string;
  /**
   * A stable code for `because`: `backend/denied`, `skipped/requires`, `skipped/interrupted`,
   * `stale/field`, …
   */
  readonly code?: Code;
  /** Fields of a new object that could not be set. Changes that require this one are not sent. */
  readonly lacks?: readonly Pointer[];
  readonly credential?: "delivered" | "lost";
  /** What to do about a lost credential or an unknown outcome. */
  readonly hint?: string;
}

/**
 * What else is to be known of an apply: a difference found by planning a reviewed plan again that
 * does not stop it, or (with a code) what is to be known of a change that is done. Without `change`
 * it concerns something outside the plan.
 */
export interface Note extends Worded {
  readonly change?: ChangeId;
  readonly code?: Code;
  readonly message: string;
}

/** The result of an apply as plain JSON, the counterpart of the plan. */
export interface Receipt {
  readonly version: 1;
  readonly run: string;
  readonly plan: Digest;
  readonly account: { readonly id: string; readonly adapter: string };
  readonly actor: string;
  readonly commit?: string;
  /** Something that was applied differs from that commit. */
  readonly localChanges?: true;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly ledger: { readonly id: string; readonly head: Hash };
  /** Guards lifted for this run. */
  readonly allowed: readonly string[];
  /** Why the guards were lifted. */
  readonly reason?: string;
  readonly detached?: true;
  /** Signed approvals of the plan. */
  readonly approvals?: readonly Approval[];
  readonly hostApprovals?: readonly HostApproval[];
  readonly interrupted?: true;
  readonly results: readonly Result[];
  /** Differences found when the plan was made again that did not stop the apply. */
  readonly notes?: readonly Note[];
  readonly spent: { readonly reads: number; readonly writes: number };
  /** The id under which the backend logs this run's requests. */
  readonly correlation?: string;
}
