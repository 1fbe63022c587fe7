import type { Address } from "../address.ts";
import type { Diagnostic, Location } from "../diagnostic.ts";
import type { Digest } from "../values/digest.ts";
import type { Hash, ObjectId, OpenedRun } from "./ledger.ts";
import type { Action, Change, ChangeId } from "../plan/plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Status } from "../plan/receipt.ts";
import type { Worded } from "../text/recorded.ts";
import type { RecordedChange } from "./recorded-change.ts";

/**
 * One apply as the ledger records it. A change's `status` is undefined until its outcome is
 * recorded.
 */
export interface RunRecord extends OpenedRun {
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly interrupted?: true;
  readonly planned: number;
  readonly changes: readonly ChangeDone[];
}

/** A change that was sent, and its outcome. */
export interface ChangeDone extends Worded {
  readonly change: ChangeId;
  readonly address: Address;
  /** The object's identity, independent of its name. */
  readonly object?: ObjectId;
  readonly action: Action;
  readonly status?: Status;
  readonly id?: string;
  readonly because?: string;
  readonly credential?: "delivered" | "lost";
  readonly at: string;
  /** When the backend answered, by its own clock; RFC 3339. */
  readonly backendAt?: string;
  /** The effects that were planned. */
  readonly planned?: RecordedChange;
  /** The last day (YYYY-MM-DD) on which it can be undone. */
  readonly undoUntil?: string;
}

/** A manual step that a person attested. */
export interface Attestation {
  readonly at: string;
  readonly actor: string;
  readonly plan: Digest;
  readonly change: ChangeId;
  readonly address: Address;
  readonly fields: readonly Pointer[];
  readonly note?: string;
}

/**
 * An operation on the ledger itself: restored to its signed state, given another key, or its lease
 * ended by force.
 */
export interface Maintenance {
  readonly type: "repaired" | "rekeyed" | "unlocked";
  readonly at: string;
  readonly actor: string;
  readonly reason?: string;
  /** Where the replaced data is kept. */
  readonly aside?: string;
  /** The new public key. */
  readonly key?: string;
  /** The former holder of the lease that was ended. */
  readonly heldBy?: { readonly actor: string; readonly host: string };
}

/**
 * The result of verifying a ledger. `complete` is true only if the ledger contains a head that was
 * stored elsewhere; without such a head, only consistency can be verified.
 */
export interface Verification {
  readonly ledger: string;
  readonly entries: number;
  readonly head: Hash;
  /** The public key in force. */
  readonly publicKey?: string;
  readonly consistent: boolean;
  readonly complete?: boolean;
  /** The last line is incomplete. It is not counted. */
  readonly torn?: true;
  readonly problems: readonly Diagnostic[];
}

/** Why an object changes, or why it does not. */
export interface Explanation {
  readonly address: Address;
  readonly verdict: "changes" | "unchanged" | "problem" | "unmanaged" | "unknown";
  readonly changes: readonly Change[];
  readonly problems: readonly Diagnostic[];
  readonly declaredAt?: Location;
  readonly id?: string;
  readonly lastApplied?: {
    readonly run: string;
    readonly at: string;
    readonly actor: string;
    readonly commit?: string;
  };
  /** Similar addresses, unless a manifest declares this one. */
  readonly similar: readonly Address[];
  /** Names of the ids that occur in the changes. */
  readonly names?: Readonly<Record<string, string>>;
}

/** An offer with its price. */
export interface OfferRow {
  readonly id: string;
  readonly name: string;
  /** Its name in the settings. */
  readonly alias?: string;
  readonly perMonth?: string;
  readonly currency?: string;
  readonly quantity: { readonly minimum: number; readonly maximum: number };
  readonly billingCycles: readonly string[];
  readonly addOn: boolean;
  readonly trial: boolean;
  readonly purchasable: boolean;
  readonly upgradesTo: readonly string[];
}

/**
 * A stored credential that nobody has collected yet. `address` and `since` are missing if the
 * ledger has no record of it.
 */
export interface WaitingCredential {
  readonly file: string;
  readonly address?: Address;
  /** Start of the write that created it: RFC 3339, UTC. */
  readonly since?: string;
  /** Present only if the credential was opened. */
  readonly opened?: { readonly userName: string; readonly secret: string };
}
