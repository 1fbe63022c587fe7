import type { AuditEntry } from "./plan/audit-entry.ts";
import type { Balance, Invoice, InvoiceLine } from "./billing/invoice.ts";
import type { Validate, Verb } from "./kind.ts";
import type { Observed } from "./observed.ts";
import type { ApplyStep, Cost, Requests } from "./plan/apply-step.ts";
import type { Change } from "./plan/plan.ts";
import type { ProposalState } from "./plan/order-proposal.ts";
import type { Probe } from "./probe.ts";
import type { JsonSchema } from "./values/json.ts";
import type { Pointer } from "./values/pointer.ts";
import type { Problem, WriteContext } from "./plan/write-context.ts";
import { WordedError } from "./text/worded-error.ts";
import type { Wording } from "./text/phrase.ts";

export type { OrderProposal, ProposalState } from "./plan/order-proposal.ts";
export type { Problem, WriteContext } from "./plan/write-context.ts";

/** An adapter's support for a kind. A pointer includes all below it; "" means every field. */
export interface Support {
  readonly verbs: readonly Verb[];
  readonly readable: readonly Pointer[];
  readonly writable: readonly Pointer[];
  /** Verbs that take effect once per request id, however often the request is sent. */
  readonly repeatable: readonly Verb[];
  /**
   * Verbs that make a proposal (a cart) and order it only after `WriteContext.propose` has recorded
   * it. A proposal that is ordered again takes effect once.
   */
  readonly proposes?: readonly Verb[];
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
  /** The lines of an invoice that was listed. */
  lines(invoice: Invoice, signal: AbortSignal): AsyncIterable<InvoiceLine>;
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
  /** Reads what became of a proposal of a kind under a parent. */
  proposal?(
    asked: { readonly kind: string; readonly id: string; readonly parentId?: string },
    signal: AbortSignal,
  ): Promise<ProposalState>;
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

/** A backend. It reads and writes; it does not compare, decide or keep state. */
export interface Adapter extends Reader {
  /** Applies a change and returns the object; undefined once removed. Throws an AdapterError. */
  write(change: Change, context: WriteContext): Promise<Observed | undefined>;
  /** Waits for requests in progress, then releases files and connections. */
  close?(): Promise<void>;
}

/**
 * An error of a backend. The message must not contain a secret. Every Error with this name and a
 * `problem` is an instance, so an adapter may use another copy of this package, or none.
 */
export class AdapterError extends WordedError {
  readonly problem: Problem;
  /** A purchase's response may not come from the backend itself: the run sends no further one. */
  readonly unproven?: boolean;
  /** No request was sent that could have had an effect. */
  readonly unsent?: boolean;
  /** What the user can do, if it differs from the usual advice for this problem. */
  readonly hint?: Wording;
  override readonly name = "AdapterError";

  static override [Symbol.hasInstance](value: unknown): value is AdapterError {
    return value instanceof Error && value.name === "AdapterError" && "problem" in value;
  }

  constructor(
    problem: Problem,
    wording: Wording,
    options?: ErrorOptions & Partial<Pick<AdapterError, "unproven" | "unsent" | "hint">>,
  ) {
    super(wording, options);
    this.problem = problem;
    if (options?.unproven) this.unproven = true;
    if (options?.unsent) this.unsent = true;
    if (options?.hint !== undefined) this.hint = options.hint;
  }
}
