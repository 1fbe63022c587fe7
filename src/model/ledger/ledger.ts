import type { Code } from "../codes.ts";
import type { Address } from "../address.ts";
import type { Approval, HostApproval } from "../plan/approval.ts";
import type { Digest, Hash } from "../values/digest.ts";
import type { Json } from "../values/json.ts";
import type { Owner } from "./lease.ts";
import type { Founding, LedgerTraits } from "./ledger-founding.ts";
import type { Action, ChangeId } from "../plan/plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Status } from "../plan/receipt.ts";
import type { RecordedChange } from "./recorded-change.ts";

export type { Applied, Doubt, Unsettled } from "../applied.ts";
export { type Hash, noHash } from "../values/digest.ts";
export type { Founding, LedgerAccount, LedgerTraits } from "./ledger-founding.ts";
export { LedgerBroken, LedgerMoved, LedgerRefused, LedgerUnavailable } from "./ledger-errors.ts";
export type { Held, Owner, ProcessIdentity, WatchedLease } from "./lease.ts";

/** Who an object is, whatever it is called: the address it was first known by, numbered where that name had been another object's before (`User/li-wei~2`). */
export type ObjectId = string;

/** What was last applied to a field: its value, or for personal data an HMAC-SHA-256 (null where no key was at hand). */
export type AppliedValue = { readonly value: Json } | { readonly keyed: string | null };

/** What was applied to an object, by field. */
export type AppliedFields = Readonly<Record<Pointer, AppliedValue>>;

/** How a run was started: what it opens with, and what history tells of it. */
export interface OpenedRun {
  readonly run: string;
  readonly plan: Digest;
  readonly account: string;
  readonly actor: string;
  readonly commit?: string;
  readonly localChanges?: true;
  readonly allowed: readonly string[];
  /** Why these guards were lifted. */
  readonly reason?: string;
  readonly detached?: true;
  /** Who approved the plan, with what it takes to check that again. */
  readonly approvals?: readonly Approval[];
  /** Who approved it on the repository's host, where that lifted a guard. */
  readonly hostApprovals?: readonly HostApproval[];
}

/** What a ledger records. `at` is RFC 3339, UTC. */
export type Event = { readonly at: string } & (
  | ({ readonly type: "founded"; readonly version: 1; readonly key: string } & Founding)
  | {
      /** Another key signs from here on, this entry first. */
      readonly type: "rekeyed";
      readonly key: string;
      /** The old key's signature over the new one; missing where the old key was lost. */
      readonly voucher?: string;
      readonly reason?: string;
      readonly actor: string;
    }
  | {
      /** The ledger was put back to the entry before this one. */
      readonly type: "repaired";
      /** Where what stood there instead is kept; missing where nothing stood there. */
      readonly aside?: string;
      readonly reason?: string;
      readonly actor: string;
    }
  | { readonly type: "leased"; readonly owner: Owner; readonly seconds: number }
  | {
      readonly type: "released";
      readonly owner: Owner;
      readonly endedBy?: Owner;
      /** Why it was ended by force, its time not up. */
      readonly reason?: string;
    }
  | ({ readonly type: "run-opened"; readonly changes: number } & OpenedRun)
  | {
      /** A part of the applied plan, whole and encrypted: all parts together are base64 of an age file of gzipped JSON. */
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
      /** Which attempt at a write of this object it is, from 1: a new one begins when the last is done or was refused. */
      readonly attempt: number;
      readonly requestId: string;
      /** Of the action and all that it sets. */
      readonly digest: Digest;
      /** What it makes could be taken for whatever shares one of these. */
      readonly marks?: readonly string[];
      /** The object is protected from then on. */
      readonly protect?: true;
      /** For a rename: the address until now. */
      readonly from?: Address;
      readonly id?: string;
      readonly parentId?: string;
      readonly key?: string;
      /** For a create: ids that already had its key or could be taken for it; none of them can be what it made. */
      readonly existing?: readonly string[];
      readonly fields?: AppliedFields;
      /** What it was to do, for people. */
      readonly planned?: RecordedChange;
      /** The reply may hold a credential that is handed out once. */
      readonly credential?: true;
    }
  | {
      readonly type: "outcome";
      readonly run: string;
      readonly change: ChangeId;
      readonly address: Address;
      readonly status: Status;
      /** What was to be done, where no intent came before to say so. */
      readonly action?: Action;
      readonly id?: string;
      readonly code?: Code;
      readonly because?: string;
      /** Fields that could not be set. */
      readonly lacks?: readonly Pointer[];
      readonly credential?: "delivered" | "lost";
      /** Who told: the reply itself, a later reading, or a person. */
      readonly by: "reply" | "reading" | "person";
      /** When that reply or reading was made, by the backend's own clock; RFC 3339. */
      readonly backendTime?: string;
      readonly actor?: string;
    }
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

/** What marks the entries that were appended together. */
export interface AppendMarks {
  /** In the first of several: how many they are. */
  readonly appendLines?: number;
  /** In the last: the Ed25519 signature. */
  readonly appendSignature?: string;
}

/** One line of a ledger: an event, its number from 1, and the chain: `hash` is SHA-256 of the canonical JSON of everything else. */
export type Entry = Event & AppendMarks & { readonly seq: number; readonly prev: Hash; readonly hash: Hash };

/** What is read from a ledger. */
export interface LedgerReader {
  readonly traits: LedgerTraits;
  /** Which ledger this is; empty until it is founded. */
  id(): Promise<string>;
  head(): Promise<Hash>;
  /** Every entry in order. With a hash, only those after it; throws where that entry is not there. */
  entries(after?: Hash): AsyncIterable<Entry>;
}

/** A durable, hash-chained, append-only record. */
export interface Ledger extends LedgerReader {
  /** Appends where `after` is still the head and returns the new head; durable when it returns. Throws LedgerMoved where somebody else appended. */
  append(events: readonly Event[], after: Hash): Promise<Hash>;
}
