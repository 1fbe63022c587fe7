import type { Readings } from "../snapshot/readings.ts";
import type { Address } from "../address.ts";
import type { GuardName } from "../codes.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Quoting } from "../text/quotes.ts";
import { type Digest, digestInParts, type Hash } from "../values/digest.ts";
import type { Json, Spec } from "../values/json.ts";
import type { Operation } from "../values/json-patch.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Cause, Reason } from "./action.ts";
import type { ApprovalNeed } from "./approval-need.ts";
import type { ChangedElsewhere } from "./audit-entry.ts";
import type { Upcoming } from "./dated.ts";
import type { Impact } from "./impact.ts";
import type { Coverage, Totals } from "./totals.ts";

/** An address and the number of the change among those of that address: `Customer/fabrikam#1`. */
export type ChangeId = `${string}#${number}`;
export { type Action, type Cause, isForLedger, type Reason } from "./action.ts";
export type { Impact, Prorated } from "./impact.ts";

/** One changed field. `before` is missing if it had no value. Lists are shown whole. */
export interface FieldChange {
  readonly pointer: Pointer;
  readonly before?: Json;
  readonly after: Json;
  readonly cause: Cause;
  /** Personal data: masked when the plan is shared. */
  readonly personal?: true;
}

interface ChangeBase extends Quoting {
  readonly id: ChangeId;
  readonly address: Address;
  readonly kind: string;
  /** The parent's address, or its id if it is not managed. */
  readonly parent?: string;
  readonly by: "adapter" | "manual";
  readonly reason: Reason;
  readonly cause: Cause;
  /** Who last changed the object elsewhere, if it drifted and the backend recorded it. */
  readonly changedBy?: ChangedElsewhere;
  /** The fields the change was decided on; compared with the account again before it is sent. */
  readonly basedOn: readonly Pointer[];
  readonly fields: readonly FieldChange[];
  readonly impact: Impact;
  readonly requires: readonly ChangeId[];
  readonly protect?: true;
  /** Guards of the rights it takes: such changes run one by one, after a read of other holders. */
  readonly takes?: readonly string[];
  /** The manifest's reason for the absence. */
  readonly note?: string;
  /** The steps of a manual change. */
  readonly steps?: readonly string[];
}

/** The object before a change: its id and the fields it is based on. References are names. */
export interface Before {
  readonly id: string;
  readonly key: string;
  readonly spec: Spec;
}

/** What is specific to a change that creates or buys something. */
interface Making {
  readonly desired: Spec;
  /** Ids of known live objects that could be mistaken for the new object. */
  readonly beside?: readonly string[];
}

/** One step from observed to desired. References in `desired`, `patch` and `fields` are names. */
export type Change = ChangeBase &
  (
    | (Making & {
        readonly action: "create";
        readonly key: string;
        /** Addresses that the object may have had before. */
        readonly formerly?: readonly Address[];
      })
    | {
        readonly action: "update";
        readonly desired: Spec;
        readonly observed: Before;
        readonly patch: readonly Operation[];
      }
    | (Making & { readonly action: "upgrade"; readonly observed: Before })
    | { readonly action: "remove"; readonly observed: Before }
    | { readonly action: "forget"; readonly observed: Before }
    | { readonly action: "protect"; readonly observed: Before }
    | { readonly action: "unprotect"; readonly observed: Before }
    | {
        readonly action: "rename";
        readonly observed: Before;
        /** The previous address. */
        readonly from: Address;
      }
  );

/** An object of the account that no manifest declares. */
export interface Ref {
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  /** The parent's address if it is managed, else its id. */
  readonly parent?: string;
}

/** A guard that stops a plan until it is lifted by name. */
export interface Tripped extends Quoting {
  readonly name: GuardName;
  readonly message: string;
  /** The amount that tripped it, in the unit of the message. */
  readonly amount: string;
  /** Lifting it requires a reason: somebody would be locked out or lose something. */
  readonly needsReason?: true;
  readonly changes: readonly ChangeId[];
}

/** What would change and why, as plain JSON. Apply uses exactly the plan that was reviewed. */
export interface Plan {
  readonly version: 1;
  readonly account: { readonly id: string; readonly adapter: string };
  /** The date it was made for, YYYY-MM-DD. */
  readonly asOf: string;
  /** The date was chosen by the user. Such a plan is for viewing and is never applied. */
  readonly hypothetical?: true;
  /** The addresses it was narrowed to. */
  readonly scope?: readonly Address[];
  /** Not all manifests were requested or read; undeclared objects are left alone. */
  readonly partial?: true;
  /** Writes of any object with unknown outcome. While there are any, "no changes" is no proof. */
  readonly open?: readonly ChangeId[];
  readonly basis: {
    readonly ledger: { readonly id: string; readonly head: Hash };
    readonly manifests: Digest;
    readonly settings: Digest;
    /** Digest of policies and suppressions, if there are any. */
    readonly policies?: Digest;
    readonly commit?: string;
    /** Some source differs from that commit. */
    readonly localChanges?: true;
    readonly environment?: string;
    /** Authors of sources and plan, if approvals are required: e-mails or names from a pipeline. */
    readonly authors?: readonly string[];
  };
  /** Sorted by kind and address. `requires` gives the order of execution. */
  readonly changes: readonly Change[];
  /** What dated decisions change later, by day and address. None if omitted. */
  readonly upcoming?: readonly Upcoming[];
  readonly unchanged: number;
  /** Null if the plan does not cover the whole account. */
  readonly unmanaged: readonly Ref[] | null;
  readonly coverage: Coverage | null;
  readonly problems: readonly Diagnostic[];
  readonly tripped: readonly Tripped[];
  /** Required approvals by rule of the settings; the highest number counts. */
  readonly approvals?: readonly ApprovalNeed[];
  readonly totals: Totals;
  /** Expected requests of an apply, including the reads before each write. */
  readonly forecast: { readonly reads: number; readonly writes: number };
  /** The backend's ids of live objects that changes refer to or live in, by address. */
  readonly refers: Readonly<Record<string, string>>;
  /** Names of ids that occur in the changes (an offer's name). */
  readonly names: Readonly<Record<string, string>>;
  /** How old the readings are that it rests on. If omitted, everything was read for it. */
  readonly readings?: Readings;
  /** Digest of everything else here except source positions, `readings` and `mark`. */
  readonly digest: Digest;
  /**
   * HMAC of the digest with the ledger's key, if there is one and approvals are required. The
   * plan's authors are trusted only with a valid mark.
   */
  readonly mark?: string;
}

/**
 * Returns the correct digest of a plan: of everything except digest, mark, readings and source
 * positions.
 */
export function planDigest({
  digest: _,
  mark: __,
  readings: ___,
  ...body
}: Omit<Plan, "digest"> & { readonly digest?: Digest }): Digest {
  return digestInParts({ ...body, problems: body.problems.map(({ at, ...rest }) => rest) });
}
