import type { Address } from "./address.ts";
import type { Credential } from "./credential.ts";
import type { Validate, Verb } from "./kind.ts";
import type { Observed } from "./observed.ts";
import type { Change } from "./plan/plan.ts";
import type { JsonSchema } from "./values/json.ts";
import type { Pointer } from "./values/pointer.ts";
import type { Probe } from "./probe.ts";

/** What an adapter can do with a kind. A pointer stands for itself and all below it; "" for every field. */
export interface Support {
  readonly verbs: readonly Verb[];
  readonly readable: readonly Pointer[];
  readonly writable: readonly Pointer[];
  /** Verbs that happen once per request id, however often they are sent. */
  readonly repeatable: readonly Verb[];
  /** How long a write may take to show in a reading, in seconds. */
  readonly lag?: number;
}

/** What an adapter's options may be. What only the adapter in use needs is demanded by the definition `complete`. */
export interface OptionsSchema {
  readonly schema: JsonSchema;
  readonly validate: Validate;
}

/** What to read: all of a kind, all under a parent, or one by its id. */
export interface Query {
  readonly kind: string;
  readonly parentId?: string;
  readonly id?: string;
  /** Which of a list's items are wanted whole; of the others only what the backend's list itself gives. All are, where this is missing. */
  whole?(item: Observed): boolean;
  /** Also what the backend's list does not show yet and it tells of elsewhere, such as an order. */
  readonly thorough?: true;
  /** Of one that is read by its id, and about to be changed: the fields that are wanted; others may be missing. All are, where this is missing. */
  readonly fields?: readonly Pointer[];
  /** Only these are wanted: a backend may look for each of them, or list them all and yield others too. */
  readonly only?: Sought;
}

/** Objects that are looked for, by id or by natural key; one that is not there yields nothing. */
export interface Sought {
  readonly ids: readonly string[];
  readonly keys: readonly string[];
  /** How many there are of the kind, as far as anybody knows (Infinity: more than are worth a list), and how many of these are wanted whole: whether to look or to list is the cheaper. */
  readonly among?: number;
  readonly whole?: number;
}

/** Requests to a backend. */
export interface Requests {
  readonly reads: number;
  readonly writes: number;
}

/** What a step takes, and by name what is spent the first time one of a run needs it, and never again. */
export interface Cost extends Requests {
  readonly once?: Readonly<Record<string, Requests>>;
}

/** What an apply reads. */
export type ReadStep =
  | { readonly reading: "object"; readonly kind: string; readonly fields?: readonly Pointer[] }
  /** `sought`: how many are looked for by key, `among` so many; both are missing where all under a parent are wanted. */
  | { readonly reading: "list"; readonly kind: string; readonly sought?: number; readonly among?: number };

/** What an apply does: reads, or makes a change. A second change of the same object starts from what the first one left, and nothing is read between. */
export type ApplyStep = ReadStep | Change;

/** Times by a backend's own clock, the same for all of its replies; milliseconds since 1970. */
export interface Times {
  readonly earliest: number;
  readonly latest: number;
}

/** All that planning, exporting and the rest are ever given. */
export interface Reader {
  readonly name: string;
  /** The host of its API, where it has one. */
  readonly host?: string;
  /** An account of the tool's own, where nothing is bought. */
  readonly simulated?: true;
  /** By kind name; a kind that is missing cannot be read or written at all. */
  readonly supports: Readonly<Record<string, Support>>;
  /** Which account this is, and the id of the user the tool runs as, where it is one. */
  account(signal: AbortSignal): Promise<{ readonly id: string; readonly principal?: string }>;
  /** Yields every item, all pages, in any order; throws when it cannot finish. One that is not there yields nothing. */
  read(query: Query, signal: AbortSignal): AsyncIterable<Observed>;
  /** Asks the backend whether it allows what is needed, by readings alone; nothing is known beforehand where this is missing. */
  probe?(signal: AbortSignal): Promise<readonly Probe[]>;
  /** What the backend's own logs know this session by. */
  readonly correlation?: string;
  /** Begins to listen to the backend's own clock; what is returned tells the times of the replies that were made since. Missing, or undefined, where the backend does not tell. */
  clock?(): () => Times | undefined;
  /** The requests sent so far but for signing in, every attempt counted; a reading or a write is one where this is missing. */
  spent?(): Requests;
  /** The requests a step takes when nothing disturbs it; one where this is missing. Sends nothing. */
  cost?(step: ApplyStep): Cost;
}

/** What a write is given besides the change. */
export interface WriteContext {
  /** The same for every attempt at the same change of the same plan. */
  readonly requestId: string;
  /** It was sent under this id before, and nobody knows what became of that: a refusal now does not mean that it was not done. */
  readonly repeated?: true;
  /** The object as it was read a moment ago, by its id, with the fields the change is based on at least; `conflict` means changed since. */
  readonly current?: Observed;
  /** The temporary password the tool made and has already delivered, where the kind asks for one. */
  readonly credential?: Credential;
  /** The live object behind an address the change refers to; of the one it lives in only the id is sure. Throws where nothing is bound. */
  bound(address: Address): Observed;
  /** Hands over what the backend gives out once; durable when it returns, or noted as lost. Call it before anything else is done with the reply. */
  deliver(credential: Credential): Promise<void>;
  /** Says that these fields could not be set although the object was made. */
  lacks?(fields: readonly Pointer[], error: AdapterError): void;
  /** The last step before a request of the write is sent, after every wait: resolves with the milliseconds the request may take in all. Throws where this run may not write any more; that throw is handed on as it is. */
  permit(): Promise<number>;
  readonly signal: AbortSignal;
}

/** A backend: it reads and writes, and never diffs, decides or remembers. */
export interface Adapter extends Reader {
  /** Does one change and returns the object as it is then; undefined after a removal. Throws an AdapterError. */
  write(change: Change, context: WriteContext): Promise<Observed | undefined>;
  /** Waits for what is under way and lets go of files and connections. */
  close?(): Promise<void>;
}

/** What a backend may complain of. `unknown-outcome`: it may have happened; nobody repeats it. */
export type Problem = "denied" | "missing" | "conflict" | "throttled" | "rejected" | "unavailable" | "unknown-outcome";

/** The backend's sort of trouble, caught once in `operations`. The message never holds a secret. Any Error of this name with a `problem` is one, so that another copy of this package, or none, will do. */
export class AdapterError extends Error {
  readonly problem: Problem;
  /** A purchase was answered, but by what may not be the backend itself: others would be too. */
  readonly unproven?: boolean;
  /** Nothing was sent that could have had an effect. */
  readonly unsent?: boolean;
  /** What to do about it, where that is not the same for every such problem. */
  readonly hint?: string;
  override readonly name = "AdapterError";

  static override [Symbol.hasInstance](value: unknown): value is AdapterError {
    return value instanceof Error && value.name === "AdapterError" && "problem" in value;
  }

  constructor(problem: Problem, message: string, options?: ErrorOptions & Partial<Pick<AdapterError, "unproven" | "unsent" | "hint">>) {
    super(message, options);
    this.problem = problem;
    if (options?.unproven) this.unproven = true;
    if (options?.unsent) this.unsent = true;
    if (options?.hint !== undefined) this.hint = options.hint;
  }
}
