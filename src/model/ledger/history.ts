import type { Address } from "../address.ts";
import type { Diagnostic, Location } from "../diagnostic.ts";
import type { Digest } from "../values/digest.ts";
import type { Hash, ObjectId, OpenedRun } from "./ledger.ts";
import type { Action, Change, ChangeId } from "../plan/plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Status } from "../plan/receipt.ts";
import type { RecordedChange } from "./recorded-change.ts";

/** One apply as the ledger tells it. `status` of a change is undefined while its outcome is not recorded. */
export interface RunRecord extends OpenedRun {
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly interrupted?: true;
  readonly planned: number;
  readonly changes: readonly ChangeDone[];
}

/** What was sent of a change, and what became of it. */
export interface ChangeDone {
  readonly change: ChangeId;
  readonly address: Address;
  /** Who the object is, whatever it is called. */
  readonly object?: ObjectId;
  readonly action: Action;
  readonly status?: Status;
  readonly id?: string;
  readonly because?: string;
  readonly credential?: "delivered" | "lost";
  readonly at: string;
  /** What it was to do. */
  readonly planned?: RecordedChange;
  /** Until when it can be undone: a date, or RFC 3339, UTC. */
  readonly undoUntil?: string;
}

/** A manual step that somebody vouched for. */
export interface Attestation {
  readonly at: string;
  readonly actor: string;
  readonly plan: Digest;
  readonly change: ChangeId;
  readonly address: Address;
  readonly fields: readonly Pointer[];
  readonly note?: string;
}

/** What somebody did to the ledger itself: put it back to what was signed, gave it another key, or ended a lease by force. */
export interface Maintenance {
  readonly type: "repaired" | "rekeyed" | "unlocked";
  readonly at: string;
  readonly actor: string;
  readonly reason?: string;
  /** Where what was put aside is kept. */
  readonly aside?: string;
  /** The public half of the new key. */
  readonly key?: string;
  /** Whose lease was ended, and on which machine. */
  readonly heldBy?: { readonly actor: string; readonly host: string };
}

/** What checking a ledger found. `complete` is true only when a head kept elsewhere was found in it; without one it can only be consistent. */
export interface Verification {
  readonly ledger: string;
  readonly entries: number;
  readonly head: Hash;
  /** The public half of the key in force. */
  readonly publicKey?: string;
  readonly consistent: boolean;
  readonly complete?: boolean;
  /** A last line that was not written to its end, and is not counted. */
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
  readonly lastApplied?: { readonly run: string; readonly at: string; readonly actor: string; readonly commit?: string };
  /** Addresses much like it, where it is unknown. */
  readonly similar: readonly Address[];
  /** What people call the ids that occur in the changes. */
  readonly names?: Readonly<Record<string, string>>;
}

/** A row of the catalogue with its price. */
export interface OfferRow {
  readonly id: string;
  readonly name: string;
  /** The name the settings give it. */
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

/** A credential that waits to be handed over. `address` and `since` are missing where the ledger does not tell of it. */
export interface WaitingCredential {
  readonly file: string;
  readonly address?: Address;
  /** When what made it was begun: RFC 3339, UTC. */
  readonly since?: string;
  /** Only where it was opened. */
  readonly opened?: { readonly userName: string; readonly secret: string };
}
