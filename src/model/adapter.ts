import type { Address } from "./address.ts";
import type { AuditEntry } from "./plan/audit-entry.ts";
import type { Credential } from "./credential.ts";
import type { Balance, Invoice, InvoiceLine } from "./billing/invoice.ts";
import type { Validate, Verb } from "./kind.ts";
import type { Observed } from "./observed.ts";
import type { ApplyStep, Cost, Requests } from "./plan/apply-step.ts";
import type { Change } from "./plan/plan.ts";
import type { Probe } from "./probe.ts";
import type { JsonSchema } from "./values/json.ts";
import type { Pointer } from "./values/pointer.ts";

/** An adapter's support for a kind. A pointer includes all below it; "" means every field. */
export interface Support {
  readonly verbs: readonly Verb[];
  readonly readable: readonly Pointer[];
  readonly writable: readonly Pointer[];
  /** Verbs that take effect once per request id, however often the request is sent. */
  readonly repeatable: readonly Verb[];
  /** Maximum delay in seconds until reads show a write. None if omitted. */
  readonly lag?: number;
}

/**
 * The schema of an adapter's options. Errors in its definition `complete` count only for the
 * adapter in use.
 */
export interface OptionsSchema {
  readonly schema: JsonSchema;
  readonly validate: Validate;
}

/** A read request: all objects of a kind, all under a parent, or one by its id. */
export interface Query {
  readonly kind: string;
  readonly parentId?: string;
  readonly id?: string;
  /**
   * True for list items to return in full; others may have only the list's fields. Default: all.
   */
  whole?(item: Observed): boolean;
  /** Also return objects that the list does not show yet but another source (orders) does. */
  readonly thorough?: true;
  /** For a read by id in an apply: the fields needed; others may be missing. Default: all. */
  readonly fields?: readonly Pointer[];
  /** Only these are needed. The adapter may return others too, for example by listing all. */
  readonly only?: Sought;
}

/** Objects to look up by id or natural key. An object that does not exist yields nothing. */
export interface Sought {
  readonly ids: readonly string[];
  readonly keys: readonly string[];
  /** The known number of objects of the kind; Infinity if listing is not worthwhile. */
  readonly among?: number;
  /** How many of them are needed in full; a listed one then takes another read. */
  readonly whole?: number;
}

/** The earliest and latest time of some responses by the backend's clock, in ms since 1970. */
export interface Times {
  readonly earliest: number;
  readonly latest: number;
}

/** Read access to invoices. Each list is complete, in any order, or throws. */
export interface InvoiceReader {
  list(signal: AbortSignal): AsyncIterable<Invoice>;
  find(id: string, signal: AbortSignal): Promise<Invoice | undefined>;
  /** The lines of an invoice. None if it does not exist. */
  lines(id: string, signal: AbortSignal): AsyncIterable<InvoiceLine>;
  balances(signal: AbortSignal): AsyncIterable<Balance>;
}

/** Read access to a backend. Commands other than apply receive nothing more. */
export interface Reader {
  readonly name: string;
  /** Host name of the API, if it has one. */
  readonly host?: string;
  /** The account is a simulation in which nothing is bought. */
  readonly simulated?: true;
  /** By kind name. A kind that is missing can be neither read nor written. */
  readonly supports: Readonly<Record<string, Support>>;
  /** Resolves with the account's id and, if the tool runs as a user, the id of that user. */
  account(signal: AbortSignal): Promise<{ readonly id: string; readonly principal?: string }>;
  /**
   * Yields every item of every page, in any order; nothing for an object that does not exist.
   * Throws if it cannot finish.
   */
  read(query: Query, signal: AbortSignal): AsyncIterable<Observed>;
  /** Checks, by read requests alone, whether the backend grants the necessary permissions. */
  probe?(signal: AbortSignal): Promise<readonly Probe[]>;
  /** Missing if the backend has no invoices, or the settings say so. */
  readonly invoices?: InvoiceReader;
  /** Yields what the backend recorded since a date (YYYY-MM-DD). Absent if it keeps no records. */
  audit?(since: string, signal: AbortSignal): AsyncIterable<AuditEntry>;
  /** The id under which the backend logs the requests of this session. */
  readonly correlation?: string;
  /**
   * Starts tracking the backend's clock. The returned function returns the times of the responses
   * received since then, or undefined if the backend sends no times.
   */
  clock?(): () => Times | undefined;
  /**
   * Requests sent so far, including retries but not sign-in. If omitted, each read and each write
   * counts as one request.
   */
  spent?(): Requests;
  /** Requests of a step without errors; sends nothing. If omitted, a step counts as one request. */
  cost?(step: ApplyStep): Cost;
}

/** The context of a write. */
export interface WriteContext {
  /** Idempotency key: the same for each try of one attempt to write an object, on any machine. */
  readonly requestId: string;
  /**
   * The request was sent before under this id and its outcome is unknown, so an error now does not
   * mean that it was not done.
   */
  readonly repeated?: true;
  /**
   * The object as just read by its id, with at least the fields that the change is based on. Throw
   * `conflict` if it has changed since.
   */
  readonly current?: Observed;
  /** The temporary password, if the kind has one; already stored in the credential sink. */
  readonly credential?: Credential;
  /**
   * Returns the live object at an address; for the parent, only its id. Throws if none is bound.
   */
  bound(address: Address): Observed;
  /**
   * Passes on a credential that the backend returns only once. When it resolves, the credential is
   * stored or recorded as lost. Call it before processing the rest of the response.
   */
  deliver(credential: Credential): Promise<void>;
  /** Reports fields that could not be set although the object was created. */
  lacks?(fields: readonly Pointer[], error: AdapterError): void;
  /**
   * Call it immediately before sending a request of the write, after all waiting. Resolves with the
   * milliseconds that the request may take in total. Throws if this run may no longer write; let
   * that error pass unchanged.
   */
  permit(): Promise<number>;
  readonly signal: AbortSignal;
}

/** A backend. It reads and writes; it does not compare, decide or keep state. */
export interface Adapter extends Reader {
  /** Applies a change and returns the object; undefined once removed. Throws an AdapterError. */
  write(change: Change, context: WriteContext): Promise<Observed | undefined>;
  /** Waits for requests in progress, then releases files and connections. */
  close?(): Promise<void>;
}

/**
 * The categories of backend errors. `unknown-outcome`: the write may have happened. It is sent
 * again only if its verb is listed in `repeatable`.
 */
export type Problem =
  | "denied"
  | "missing"
  | "conflict"
  | "throttled"
  | "rejected"
  | "unavailable"
  | "unknown-outcome";

/**
 * An error of a backend. The message must not contain a secret. Every Error with this name and a
 * `problem` is an instance, so an adapter may use another copy of this package, or none.
 */
export class AdapterError extends Error {
  readonly problem: Problem;
  /** A purchase's response may not come from the backend itself: the run sends no further one. */
  readonly unproven?: boolean;
  /** No request was sent that could have had an effect. */
  readonly unsent?: boolean;
  /** What the user can do, if it differs from the usual advice for this problem. */
  readonly hint?: string;
  override readonly name = "AdapterError";

  static override [Symbol.hasInstance](value: unknown): value is AdapterError {
    return value instanceof Error && value.name === "AdapterError" && "problem" in value;
  }

  constructor(
    problem: Problem,
    message: string,
    options?: ErrorOptions & Partial<Pick<AdapterError, "unproven" | "unsent" | "hint">>,
  ) {
    super(message, options);
    this.problem = problem;
    if (options?.unproven) this.unproven = true;
    if (options?.unsent) this.unsent = true;
    if (options?.hint !== undefined) this.hint = options.hint;
  }
}
