import type { GuardName } from "../codes.ts";
import type { Cause, Reason } from "./action.ts";
import type { Address } from "../address.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { type Digest, digestInParts, type Hash } from "../values/digest.ts";
import type { Json, Spec } from "../values/json.ts";
import type { Pointer } from "../values/pointer.ts";
import type { Coverage, Totals } from "./totals.ts";
import type { Quoting } from "../text/quotes.ts";

/** An address and the number of the change among those of that address: `Customer/fabrikam#1`. */
export type ChangeId = `${string}#${number}`;
export { type Action, type Cause, isForLedger, type Reason } from "./action.ts";

/** One step of an RFC 6902 patch; the planner needs no more than these. */
export interface Operation {
  readonly op: "add" | "replace";
  readonly path: Pointer;
  readonly value: Json;
}

/** One field of a change; `before` is missing where there was none. Lists are shown whole. */
export interface FieldChange {
  readonly pointer: Pointer;
  readonly before?: Json;
  readonly after: Json;
  readonly cause: Cause;
  /** Somebody's data: masked where a plan is shared. */
  readonly personal?: true;
}

/** What a change means. It may be about an item: so many seats of an offer, as they are afterwards, or were, where they are taken away. Money may be negative; `until` is a date, or an ISO 8601 duration after the receipt. */
export interface Impact {
  readonly reversible: "yes" | "until" | "no";
  readonly until?: string;
  /** Service or data is taken away from somebody. */
  readonly destructive?: true;
  readonly money?: { readonly perMonth: string; readonly committed: string; readonly currency: string };
  readonly seats?: number;
  readonly item?: { readonly quantity: number; readonly offer: string };
  readonly access?: { readonly gains: readonly string[]; readonly loses: readonly string[] };
}

interface ChangeBase extends Quoting {
  readonly id: ChangeId;
  readonly address: Address;
  readonly kind: string;
  /** The address of the object it lives in, or its id where that is not managed. */
  readonly parent?: string;
  readonly by: "adapter" | "manual";
  readonly reason: Reason;
  readonly cause: Cause;
  /** The fields it was decided on: what is compared with the account once more before it is sent. */
  readonly basedOn: readonly Pointer[];
  readonly fields: readonly FieldChange[];
  readonly impact: Impact;
  readonly requires: readonly ChangeId[];
  readonly protect?: true;
  /** Guards of the rights it takes from its object: it waits its turn, and for a reading of who else holds them. */
  readonly takes?: readonly string[];
  /** A person's words: why it is to be absent. */
  readonly note?: string;
  /** For a manual change: what to do. */
  readonly steps?: readonly string[];
}

/** The object a change starts from: its id and the fields the change is based on, references spelled as names. */
export interface Before {
  readonly id: string;
  readonly key: string;
  readonly spec: Spec;
}

/** What a change that makes or buys something was planned beside. */
interface Making {
  readonly desired: Spec;
  /** The ids of live objects that were seen and could be taken for what it makes. */
  readonly beside?: readonly string[];
}

/** One step from the account as it is to the account as declared. References in `desired` are names; in `patch` and `fields` too. */
export type Change = ChangeBase &
  (
    | (Making & {
        readonly action: "create";
        readonly key: string;
        /** The addresses the object may have been known by. */
        readonly formerly?: readonly Address[];
      })
    | { readonly action: "update"; readonly desired: Spec; readonly observed: Before; readonly patch: readonly Operation[] }
    | (Making & { readonly action: "upgrade"; readonly observed: Before })
    | { readonly action: "remove"; readonly observed: Before }
    | { readonly action: "forget"; readonly observed: Before }
    | { readonly action: "protect"; readonly observed: Before }
    | { readonly action: "unprotect"; readonly observed: Before }
    | {
        readonly action: "rename";
        readonly observed: Before;
        /** The address it was known by until now. */
        readonly from: Address;
      }
  );

/** An object of the account that no manifest claims. */
export interface Ref {
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  /** The parent's address where it is managed, else its id. */
  readonly parent?: string;
}

/** A guard that stops a plan until it is lifted by name. */
export interface Tripped extends Quoting {
  readonly name: GuardName;
  readonly message: string;
  /** How much it is, in the unit that the message prints. */
  readonly amount: string;
  /** Whoever lifts it has to say why: somebody would be locked out, or lose something. */
  readonly needsReason?: true;
  readonly changes: readonly ChangeId[];
}

/** The approvals a plan needs by one of the settings' rules, and why. */
export interface ApprovalNeed {
  /** What the settings call the rule. */
  readonly rule?: string;
  readonly approvals: number;
  readonly because: string;
}

/** A document that says what would change and why; plain JSON. What is reviewed is what is applied. With `localChanges`, something it is made from was not as its commit has it. */
export interface Plan {
  readonly version: 1;
  readonly account: { readonly id: string; readonly adapter: string };
  /** The date it was made for, YYYY-MM-DD. */
  readonly asOf: string;
  /** That day was given, to look at: it is never applied. */
  readonly hypothetical?: true;
  /** The addresses it was narrowed to. */
  readonly scope?: readonly Address[];
  /** Not all manifests were asked for or read: what is not among them is left alone. */
  readonly partial?: true;
  /** Earlier writes whose outcome is not known, of all objects: while there are any, nothing is as declared for certain. */
  readonly open?: readonly ChangeId[];
  readonly basis: {
    readonly ledger: { readonly id: string; readonly head: Hash };
    readonly manifests: Digest;
    readonly settings: Digest;
    /** Of the policies and suppressions, where there are any. */
    readonly policies?: Digest;
    readonly commit?: string;
    readonly localChanges?: true;
    readonly environment?: string;
    /** Who wrote what it is made from and who made it, where approvals are asked for: e-mail addresses, or names a pipeline gives. */
    readonly authors?: readonly string[];
  };
  /** In the order of kind and address; `requires` gives the order of work. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Null where a plan of a part cannot know. */
  readonly unmanaged: readonly Ref[] | null;
  readonly coverage: Coverage | null;
  readonly problems: readonly Diagnostic[];
  readonly tripped: readonly Tripped[];
  /** The approvals it needs by the settings' rules; the most of them counts. */
  readonly approvals?: readonly ApprovalNeed[];
  readonly totals: Totals;
  /** Requests an apply is expected to make, the readings before each write included. */
  readonly forecast: { readonly reads: number; readonly writes: number };
  /** The backend's ids of live objects that changes refer to or live in, by address. */
  readonly refers: Readonly<Record<string, string>>;
  /** What people call the ids that occur in the changes (an offer's name). */
  readonly names: Readonly<Record<string, string>>;
  /** Of everything else here, source positions and mark aside. */
  readonly digest: Digest;
  /** Made of the digest with the ledger's key, where there is one and approvals are asked for: the authors that a plan names count with it alone. */
  readonly mark?: string;
}

/** The digest a plan has to have: of everything else in it, source positions and mark aside. */
export function planDigest({ digest: _, mark: __, ...body }: Omit<Plan, "digest"> & { readonly digest?: Digest }): Digest {
  return digestInParts({ ...body, problems: body.problems.map(({ at, ...rest }) => rest) });
}
