import type { Address } from "./address.ts";
import type { Catalogue } from "./catalogue.ts";
import type { GuardName } from "./codes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Observed } from "./observed.ts";
import type { Dated, DatedMoment } from "./plan/dated.ts";
import type { Outlook } from "./plan/outlook.ts";
import type { Change, ChangeId, Impact, Tripped } from "./plan/plan.ts";
import type { Resource } from "./resource.ts";
import type { Wording } from "./text/phrase.ts";
import type { JsonSchema, Spec } from "./values/json.ts";
import type { Pointer } from "./values/pointer.ts";

/** A write operation on an object of a kind. */
export type Verb = "create" | "update" | "upgrade" | "remove";

/**
 * A precompiled JSON Schema check of a whole manifest document. Returns false and sets `errors`, in
 * ajv's format, if the document is invalid.
 */
export interface Validate {
  (document: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** One error of a JSON Schema check. */
export interface SchemaError {
  readonly instancePath: Pointer;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A field that names another object. If the field holds a list, every item names one. */
export interface Reference {
  readonly pointer: Pointer;
  readonly kind: string;
  /** The named object has the same parent (an add-on's base subscription). */
  readonly scope?: "parent";
}

/**
 * An object before or after the plan. `parent`: an address if the parent is managed, else an id.
 */
export interface ProjectedObject {
  readonly kind: string;
  readonly address?: Address;
  readonly id?: string;
  readonly parent?: string;
  readonly spec: Spec;
  /** An earlier write ended it, though the account does not show that yet. */
  readonly ended?: true;
}

/** The whole account before and after a plan, for checks and guards. */
export interface World {
  before(kind: string, parent?: string): readonly ProjectedObject[];
  after(kind: string, parent?: string): readonly ProjectedObject[];
  /** Returns the object at an address after the plan. */
  find(address: Address): ProjectedObject | undefined;
  readonly catalogue?: Catalogue;
  /** The backend's id of the user that the tool runs as, if it runs as a user. */
  readonly principal?: string;
}

/**
 * A kind's diagnostic about a change. `field` is the field of the spec it concerns, used to locate
 * it in the manifest.
 */
export interface Objection extends Diagnostic {
  readonly field?: Pointer;
}

/** A right that somebody must hold. The guard of that name stops a plan that leaves nobody. */
export interface GuardedRight<S extends Spec = Spec> {
  readonly guard: GuardName;
  /** The fields that determine whether an object holds the right. */
  readonly fields: readonly Pointer[];
  holds(spec: Partial<S> | undefined): boolean;
  /** A further requirement that is verified before a change takes this right. */
  readonly named?: NamedRight<S>;
}

/**
 * A requirement of a singleton of another kind: somebody whom it names must hold a right. Example:
 * the legal profile's primary contact must be a global admin.
 */
export interface NamedRight<S extends Spec = Spec> {
  readonly guard: string;
  readonly kind: string;
  /** The fields in which it names somebody. */
  readonly fields: readonly Pointer[];
  /** Returns the right that the person named in the spec must hold. */
  rightOf(spec: Spec | undefined): GuardedRight<S>;
}

/** The definition of a kind. Its functions are pure. */
export interface Kind<S extends Spec = Spec> {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly validate: Validate;
  /** Exactly one object exists, always. Its address is the kind's name. */
  readonly singleton: boolean;
  /** Manifests declare it. False for a kind that is only observed (the offers). */
  readonly declared: boolean;
  /** The reference to the parent, within which names and keys are unique. */
  readonly parent?: Pointer;
  readonly verbs: readonly Verb[];
  readonly references: readonly Reference[];
  /** The field that tells people what an object is; comments show it beside ids. */
  readonly title?: Pointer;
  /** Fields that cannot change after creation. */
  readonly fixed: readonly Pointer[];
  /** Fixed fields that may still change if `previously` names the object's old name or key. */
  readonly renames?: readonly Pointer[];
  /** Personal data: masked in shared output, stored in the ledger only as keyed digests. */
  readonly personal: readonly Pointer[];
  readonly exclusive: "allowed" | "never";
  /** Fields that, if equal, make an unmanaged live object a possible duplicate of a create. */
  readonly duplicateKey?: readonly Pointer[];
  /**
   * Fields that a create sets. A new object with the expected key but other values in these fields
   * may come from somebody else.
   */
  readonly ordered?: readonly Pointer[];
  /** Returns the user name for which the tool generates a temporary password on create. */
  readonly password?: (spec: Partial<S>) => string;
  /** The backend returns a credential, once, in its response to a create. */
  readonly handsOut?: true;
  /** Returns the natural key within the parent, in canonical spelling. */
  key(spec: Partial<S>, name: string): string;
  /** Fills in the fields that the manifest omits, for a create. */
  complete(spec: Partial<S>, name: string): Partial<S>;
  /** Returns the canonical form of desired and observed specs. Never adds a field. */
  normalize(spec: Partial<S>): Partial<S>;
  /** Returns true if an observed object already satisfies a tombstone. */
  gone(observed: S): boolean;
  /** Returns what stays after a removal (a suspended subscription). Nothing stays if omitted. */
  remains?(observed: S): S;
  /** Returns true for a live object that can only be changed elsewhere. It is not exported. */
  unchangeable?(observed: Partial<S>): boolean;
  /** Field values of a removed object that is declared again, unless its manifest sets them. */
  readonly restored?: Partial<S>;
  /** Splits what a manifest declares by date: what is due now, and what becomes due later. */
  dated?(resource: Resource<S>, observed: Observed | undefined, moment: DatedMoment): Dated<S>;
  /** Returns "upgrade" if the new values are an upgrade, else a diagnostic that says why not. */
  replaces?(from: S, to: Partial<S>, catalogue: Catalogue | undefined): "upgrade" | Diagnostic;
  /** Checks manifests without the account. `find` returns any resource of the set. */
  rules(
    own: readonly Resource<S>[],
    find: (address: Address) => Resource | undefined,
  ): readonly Diagnostic[];
  /**
   * Top-level kinds whose objects this kind's checks and guard need in full. All of them if
   * omitted.
   */
  readonly looksAt?: readonly string[];
  /** Checks the effects of a change on the account. Never reports what already exists. */
  checks(change: Change, world: World): readonly Objection[];
  /**
   * Guarded rights. Changes that take one are sent one at a time, each after a read that shows
   * another holder.
   */
  readonly rights?: readonly GuardedRight<S>[];
  /** The names that `guard` returns. */
  readonly guards?: readonly GuardName[];
  /** Returns the guards that the end state of a whole plan trips. */
  guard?(changes: readonly Change[], world: World): readonly Tripped[];
  /** Returns the changes that a change must wait for, in addition to those from its references. */
  after?(change: Change, all: readonly Change[]): readonly ChangeId[];
  /**
   * Returns true if a change affects who is an administrator or how an administrator signs in,
   * determined from the change alone.
   */
  administers?(change: Change): boolean;
  /**
   * Fields from which the impact of an upgrade, a removal or a change to one of them is computed.
   * The change is stale if the account has changed any of them since the plan was made.
   */
  readonly weighs?: readonly Pointer[];
  /** Returns what a change means for access and money, and whether it can be undone. */
  impact(change: Change, context: Outlook): Impact;
  /** Returns the steps for a person if the backend cannot make this change, one per item. */
  steps?(change: Change): readonly Wording[];
}
