import type { GuardName } from "./codes.ts";
import type { Address } from "./address.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { JsonSchema, Spec } from "./values/json.ts";
import type { Change, ChangeId, Impact, Tripped } from "./plan/plan.ts";
import type { Pointer } from "./values/pointer.ts";
import type { Resource } from "./resource.ts";

/** What can be done to an object of a kind. */
export type Verb = "create" | "update" | "upgrade" | "remove";

/** A precompiled JSON Schema check of a whole manifest document; problems are on `errors` afterwards, in ajv's form. */
export interface Validate {
  (document: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** One complaint of a schema. */
export interface SchemaError {
  readonly instancePath: Pointer;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A field that names another object. A list's items are meant when the field holds a list. */
export interface Reference {
  readonly pointer: Pointer;
  readonly kind: string;
  /** The named object lives in the same parent (an add-on's base subscription). */
  readonly scope?: "parent";
}

/** An object of the account before or after the plan; `parent` is an address where the parent is managed, else its id. */
export interface ProjectedObject {
  readonly kind: string;
  readonly address?: Address;
  readonly id?: string;
  readonly parent?: string;
  readonly spec: Spec;
  /** What an earlier write ended, though the account does not show that yet. */
  readonly ended?: true;
}

/** The whole account around a change, for checks and guards. */
export interface World {
  before(kind: string, parent?: string): readonly ProjectedObject[];
  after(kind: string, parent?: string): readonly ProjectedObject[];
  /** The object at an address as the plan would leave it. */
  find(address: Address): ProjectedObject | undefined;
  readonly catalogue?: Catalogue;
  /** The backend's id of whoever runs the tool, where it is a user. */
  readonly principal?: string;
}

/** What a kind has against a change; `field` is the field of the spec it is about, by which its place in the manifest is found. */
export interface Objection extends Diagnostic {
  readonly field?: Pointer;
}

/** What the impact of a change depends on besides the change. */
export interface Outlook {
  readonly catalogue?: Catalogue;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** The fields of a declared object as they are, and over that as its manifest says. */
  find?(address: Address): Spec | undefined;
}

/** A right that somebody always has to hold; the guard of that name stops a plan after which nobody would. */
export interface GuardedRight<S extends Spec = Spec> {
  readonly guard: GuardName;
  /** The fields by which it is told. */
  readonly fields: readonly Pointer[];
  holds(spec: Partial<S> | undefined): boolean;
  /** What else is read before a change that takes it. */
  readonly named?: NamedRight<S>;
}

/** What the only object of another kind asks of whomever it names: somebody has to be left who is named and holds the right. */
export interface NamedRight<S extends Spec = Spec> {
  readonly guard: string;
  readonly kind: string;
  /** Where it names somebody. */
  readonly fields: readonly Pointer[];
  /** The right of whoever is named, by what the object says. */
  rightOf(spec: Spec | undefined): GuardedRight<S>;
}

/** Everything the engine knows of a kind. Its functions are pure. */
export interface Kind<S extends Spec = Spec> {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly validate: Validate;
  /** There is exactly one, always there; its address is the kind's name. */
  readonly singleton: boolean;
  /** Written in manifests; false for what is only observed (the catalogue). */
  readonly declared: boolean;
  /** The reference to the object that names and keys are unique within. */
  readonly parent?: Pointer;
  readonly verbs: readonly Verb[];
  readonly references: readonly Reference[];
  /** Cannot change once created. */
  readonly fixed: readonly Pointer[];
  /** Those of them that can after all, where the manifest's `previously` names the object's old name or key. */
  readonly renames?: readonly Pointer[];
  /** Somebody's data: masked when shared, kept in the ledger only as keyed digests. */
  readonly personal: readonly Pointer[];
  readonly exclusive: "allowed" | "never";
  /** Fields that, when equal, mean a live object that no manifest claims may be the very one a create asks for. */
  readonly duplicateKey?: readonly Pointer[];
  /** Fields that an order of one sets: a newcomer that has others may be another, though it has the key. */
  readonly ordered?: readonly Pointer[];
  /** The tool makes a temporary password for a new one, for this user name. */
  readonly password?: (spec: Partial<S>) => string;
  /** Creating one makes the backend hand out a credential, once, in its reply. */
  readonly handsOut?: true;
  /** The natural key within the parent, in one spelling. */
  key(spec: Partial<S>, name: string): string;
  /** What is left out on create, filled in. */
  complete(spec: Partial<S>, name: string): Partial<S>;
  /** One spelling for equal specs; never adds a field. Both sides pass through it. */
  normalize(spec: Partial<S>): Partial<S>;
  /** Whether an observed object already satisfies a tombstone. */
  gone(observed: S): boolean;
  /** What stays in the account of an object that was removed (a suspended subscription); nothing does where this is missing. */
  remains?(observed: S): S;
  /** Whether a live object is of a sort that is shown and can be changed elsewhere alone; it is not exported. */
  unchangeable?(observed: Partial<S>): boolean;
  /** What that gets back when it is declared again, unless its manifest says otherwise. */
  readonly restored?: Partial<S>;
  /** Whether a difference in fixed fields is an upgrade; otherwise why it is not. */
  replaces?(from: S, to: Partial<S>, catalogue: Catalogue | undefined): "upgrade" | Diagnostic;
  /** Judges manifests alone. `find` looks up any resource of the set. */
  rules(own: readonly Resource<S>[], find: (address: Address) => Resource | undefined): readonly Diagnostic[];
  /** Kinds without a parent that its checks and its guard look at, all of their objects; any, where this is missing. */
  readonly looksAt?: readonly string[];
  /** Judges what a change does to the account, never what already lives. */
  checks(change: Change, world: World): readonly Objection[];
  /** A change that takes one of these is sent alone, after a reading that shows who else holds it. */
  readonly rights?: readonly GuardedRight<S>[];
  /** What its guard calls what it stops. */
  readonly guards?: readonly GuardName[];
  /** Judges the end state of a whole plan. */
  guard?(changes: readonly Change[], world: World): readonly Tripped[];
  /** The changes a change has to wait for beyond those its references give. */
  after?(change: Change, all: readonly Change[]): readonly ChangeId[];
  /** Whether a change makes, unmakes or gets hold of somebody who administers, as far as the change itself tells. */
  administers?(change: Change): boolean;
  /** Fields that the meaning of a change of one of them is computed from: they may not have moved either when it is sent. */
  readonly weighs?: readonly Pointer[];
  /** What a change means for access, money and the way back. */
  impact(change: Change, context: Outlook): Impact;
  /** What a person has to do where the backend has no way to write this, one step a line. */
  steps?(change: Change): readonly string[];
}
