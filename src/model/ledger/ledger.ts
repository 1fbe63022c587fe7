import type { Code } from "../codes.ts";
import type { Address } from "../address.ts";
import type { Approval, HostApproval } from "../plan/approval.ts";
import type { Digest, Hash } from "../values/digest.ts";
import type { Json } from "../values/json.ts";
import type { Owner } from "./lease.ts";
import type { AppendMarks, Founding, LedgerTraits } from "./ledger-founding.ts";
import type { Action, ChangeId } from "../plan/plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Worded } from "../text/recorded.ts";
import type { Status } from "../plan/receipt.ts";
import type { ProposedOrder } from "../plan/order-proposal.ts";
import type { RecordedChange } from "./recorded-change.ts";

export type { Applied, Doubt, Unsettled } from "../applied.ts";
export { type Hash, noHash } from "../values/digest.ts";
export type { AppendMarks, Founding, LedgerAccount, LedgerTraits } from "./ledger-founding.ts";
export { LedgerBroken, LedgerMoved, LedgerRefused, LedgerUnavailable } from "./ledger-errors.ts";
export type { Held, Owner, ProcessIdentity, WatchedLease } from "./lease.ts";

/**
 * An object's identity, independent of its name: its first address, numbered if an earlier object
 * had that address (`User/li-wei~2`).
 */
export type ObjectId = string;

/** The value last applied to a field; for personal data an HMAC-SHA-256 (null without a key). */
export type AppliedValue = { readonly value: Json } | { readonly keyed: string | null };

/** The values last applied to an object, by field. */
export type AppliedFields = Readonly<Record<Pointer, AppliedValue>>;

/** The start of a run, as the ledger records it and history shows it. */
export interface OpenedRun {
  readonly run: string;
  readonly plan: Digest;
  readonly account: string;
  readonly actor: string;
  readonly commit?: string;
  readonly localChanges?: true;
  /** The id under which the backend logs the run's requests, if it does. */
  readonly correlation?: string;
  readonly allowed: readonly string[];
  /** Why these guards were lifted. */
  readonly reason?: string;
  readonly detached?: true;
  /** Signed approvals of the plan, with all data needed to verify them again. */
  readonly approvals?: readonly Approval[];
  /** Approvals on the repository's host, if they lifted a guard. */
  readonly hostApprovals?: readonly HostApproval[];
}

/** A ledger event. `at` is RFC 3339, UTC. */
export type Event = { readonly at: string } & (
  | ({ readonly type: "founded"; readonly version: 1; readonly key: string } & Founding)
  | {
      /** Another key signs from this entry on. */
      readonly type: "rekeyed";
      readonly key: string;
      /** The old key's signature of the new key. Missing if the old key was lost. */
      readonly voucher?: string;
      readonly reason?: string;
      readonly actor: string;
    }
  | {
      /** The ledger was restored to the entry before this one. */
      readonly type: "repaired";
      /** Where the replaced data is kept. Missing if there was none. */
      readonly aside?: string;
      readonly reason?: string;
      readonly actor: string;
    }
  | { readonly type: "leased"; readonly owner: Owner; readonly seconds: number }
  | {
      readonly type: "released";
      readonly owner: Owner;
      readonly endedBy?: Owner;
      /** Why it was ended by force before its time was up. */
      readonly reason?: string;
    }
  | ({ readonly type: "run-opened"; readonly changes: number } & OpenedRun)
  | {
      /**
       * A part of the encrypted plan: all parts joined are base64 of an age file of gzipped JSON.
       */
      readonly type: "plan-sealed";
      readonly run: string;
      readonly part: number;
      readonly parts: number;
      readonly sealed: string;
    }
  | {
      readonly type: "intent";
      readonly run: string;
      readonly change: ChangeId;
      readonly address: Address;
      readonly kind: string;
      readonly action: Action;
      readonly object: ObjectId;
      /**
       * Number of the attempt to write this object, from 1. A new one starts after success or
       * refusal.
       */
      readonly attempt: number;
      readonly requestId: string;
      /** Digest of the action and everything that it sets. */
      readonly digest: Digest;
      /** Marks of the new or removed object (see `marksOf`). */
      readonly marks?: readonly string[];
      /** The object is protected from then on. */
      readonly protect?: true;
      /** For a rename: the previous address. */
      readonly from?: Address;
      readonly id?: string;
      readonly parentId?: string;
      readonly key?: string;
      /**
       * Ids that the new object cannot have: for a create, those of objects that already had its
       * key; for an upgrade, those of all objects seen before it.
       */
      readonly existing?: readonly string[];
      readonly fields?: AppliedFields;
      /** The planned effects, for people. */
      readonly planned?: RecordedChange;
      /** The response may contain a credential that is returned only once. */
      readonly credential?: true;
      /** Only a proposal that the ledger knows by then is ordered. */
      readonly proposes?: true;
      /** The proposal of an earlier try of this attempt. */
      readonly proposal?: string;
    }
  | ProposedOrder
  | (Worded & {
      readonly type: "outcome";
      readonly run: string;
      readonly change: ChangeId;
      readonly address: Address;
      readonly status: Status;
      /** The action, if no intent was recorded before. */
      readonly action?: Action;
      readonly id?: string;
      readonly code?: Code;
      readonly because?: string;
      /** Fields that could not be set. */
      readonly lacks?: readonly Pointer[];
      readonly credential?: "delivered" | "lost";
      /** The source of the outcome: the response itself, a later read, or a person. */
      readonly by: "reply" | "reading" | "person";
      /** Time of that response or read by the backend's own clock; RFC 3339. */
      readonly backendTime?: string;
      readonly actor?: string;
    })
  | {
      readonly type: "attested";
      readonly plan: Digest;
      readonly change: ChangeId;
      readonly address: Address;
      readonly actor: string;
      readonly fields: AppliedFields;
      readonly note?: string;
    }
  | {
      readonly type: "run-closed";
      readonly run: string;
      readonly done: number;
      readonly failed: number;
      readonly unknown: number;
      readonly interrupted?: true;
    }
);

/**
 * One line of a ledger: an event, its number from 1, and the hash chain. `hash` is the SHA-256 of
 * the canonical JSON of all other fields.
 */
export type Entry = Event &
  AppendMarks & { readonly seq: number; readonly prev: Hash; readonly hash: Hash };

/** Read access to a ledger. */
export interface LedgerReader {
  readonly traits: LedgerTraits;
  /** Resolves with the ledger's id; empty until it is founded. */
  id(): Promise<string>;
  head(): Promise<Hash>;
  /**
   * Yields all entries in order; with a hash, only those after it. Throws if that entry is absent.
   */
  entries(after?: Hash): AsyncIterable<Entry>;
}

/** A durable, hash-chained, append-only record. */
export interface Ledger extends LedgerReader {
  /**
   * Appends events if `after` is still the head. Resolves with the new head once they are durable.
   * Throws LedgerMoved if another process appended first.
   */
  append(events: readonly Event[], after: Hash): Promise<Hash>;
}
