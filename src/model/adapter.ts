import type { Address } from "./address.ts";
import type { Credential } from "./credential.ts";
import type { Verb } from "./kind.ts";
import type { Observed } from "./observed.ts";
import type { Change } from "./plan.ts";
import type { Pointer } from "./pointer.ts";

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

/** What to read: all of a kind, all under a parent, or one by its id. */
export interface Query {
  readonly kind: string;
  readonly parentId?: string;
  readonly id?: string;
  /** Which of a list's items are wanted whole; of the others only what the backend's list itself gives. All are, where this is missing. */
  whole?(item: Observed): boolean;
}

/** Requests to a backend. */
export interface Requests {
  readonly reads: number;
  readonly writes: number;
}

/** What an apply does: reads an object, or a list of them, or makes a change. */
export type Step = { readonly reading: "object" | "list"; readonly kind: string } | Change;

/** All that planning, exporting and the rest are ever given. */
export interface Reader {
  readonly name: string;
  /** By kind name; a kind that is missing cannot be read or written at all. */
  readonly supports: Readonly<Record<string, Support>>;
  /** Which account this is, and the id of the user the tool runs as, where it is one. */
  account(signal: AbortSignal): Promise<{ readonly id: string; readonly principal?: string }>;
  /** Yields every item, all pages, in any order; throws when it cannot finish. One that is not there yields nothing. */
  read(query: Query, signal: AbortSignal): AsyncIterable<Observed>;
  /** What the backend's own logs know this session by. */
  readonly correlation?: string;
  /** The requests sent so far but for signing in, every attempt counted; a reading or a write is one where this is missing. */
  spent?(): Requests;
  /** The requests a step takes when nothing disturbs it; one where this is missing. Sends nothing. */
  cost?(step: Step): Requests;
}

/** What a write is given besides the change. */
export interface WriteContext {
  /** The same for every attempt at the same change of the same plan. */
  readonly requestId: string;
  /** The object as it was read a moment ago; `conflict` means changed since. */
  readonly current?: Observed;
  /** The temporary password the tool made and has already delivered, where the kind asks for one. */
  readonly credential?: Credential;
  /** The live object behind an address the change refers to. Throws where nothing is bound. */
  bound(address: Address): Observed;
  /** Hands over what the backend gives out once; durable when it returns, or noted as lost. Call it before anything else is done with the reply. */
  deliver(credential: Credential): Promise<void>;
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
  override readonly name = "AdapterError";

  static override [Symbol.hasInstance](value: unknown): value is AdapterError {
    return value instanceof Error && value.name === "AdapterError" && "problem" in value;
  }

  constructor(problem: Problem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
