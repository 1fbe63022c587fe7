import type { Code } from "../codes.ts";
import type { Address } from "../address.ts";
import type { Approval, HostApproval } from "./approval.ts";
import type { Digest, Hash } from "../values/digest.ts";
import type { Action, ChangeId } from "./plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Quoting } from "../text/quotes.ts";

/** How a change ended: `done-earlier` was done exactly so from another plan; `unknown` is a lost reply that reading has not settled yet; `manual` is still to be done by a person. */
export type Status = "done" | "done-earlier" | "stale" | "failed" | "skipped" | "unknown" | "manual";

/** What became of one change. */
export interface Result extends Quoting {
  readonly change: ChangeId;
  readonly address: Address;
  readonly action: Action;
  readonly status: Status;
  /** The backend's id afterwards. */
  readonly id?: string;
  /** Why it is not done: an adapter's words, the change it waited for, the fields that moved. */
  readonly because?: string;
  /** A stable code for `because`: `backend/denied`, `skipped/requires`, `skipped/interrupted`, `stale/field`, … */
  readonly code?: Code;
  /** Fields of something that was made that could not be set: what relies on it is not sent. */
  readonly lacks?: readonly Pointer[];
  readonly credential?: "delivered" | "lost";
  /** For a lost credential or an unknown outcome: what to do. */
  readonly hint?: string;
}

/** What planning again found of a reviewed plan that keeps nothing from being applied: of one change, or of what lies elsewhere. */
export interface Note {
  readonly change?: ChangeId;
  readonly message: string;
}

/** What an apply did: plain JSON, the counterpart of the plan. */
export interface Receipt {
  readonly version: 1;
  readonly run: string;
  readonly plan: Digest;
  readonly account: { readonly id: string; readonly adapter: string };
  readonly actor: string;
  readonly commit?: string;
  /** Something that was applied was not as that commit has it. */
  readonly localChanges?: true;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly ledger: { readonly id: string; readonly head: Hash };
  /** Guards lifted for this run. */
  readonly allowed: readonly string[];
  /** Why. */
  readonly reason?: string;
  readonly detached?: true;
  /** Who approved the plan. */
  readonly approvals?: readonly Approval[];
  readonly hostApprovals?: readonly HostApproval[];
  readonly interrupted?: true;
  readonly results: readonly Result[];
  /** What was different when the plan was judged again, and kept nothing from being applied. */
  readonly notes?: readonly Note[];
  readonly spent: { readonly reads: number; readonly writes: number };
  /** What the backend's own logs know this run's requests by. */
  readonly correlation?: string;
}
