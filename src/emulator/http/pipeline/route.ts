import type { IncomingHttpHeaders } from "node:http";
import type { ClientVersion } from "../../account/etag.ts";
import type { Transaction } from "../../account/transaction.ts";
import type { Quirks } from "../../quirks.ts";
import type { Principal } from "../sign-in/tokens.ts";

/** A JSON Schema of a request or response body. */
export type Schema = Readonly<Record<string, unknown>>;

/** A response. Its body is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Sent unchanged, instead of a body. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as passed to a route. */
export interface Exchange {
  /** A path parameter; empty if the route has none of this name. */
  parameter(name: string): string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: IncomingHttpHeaders;
  /**
   * The body after the route's schema was checked. For Partner Center, keys are spelled as in the
   * schema and nulls are removed.
   */
  readonly body: unknown;
  readonly path: string;
  /** The scheme and host that the request was sent to. */
  readonly origin: string;
  readonly now: number;
  readonly quirks: Quirks;
  readonly principal: Principal;
  /**
   * `prefixed`: links in this response begin with /v1. `flipped`: its ids have the other letter
   * case.
   */
  readonly prefixed: boolean;
  readonly flipped: boolean;
  read<T>(rule: (transaction: Transaction) => T): T;
  write<T>(rule: (transaction: Transaction) => T): T;
  /** Returns whether lists already contain an object that was created at this time. */
  listed(list: keyof Quirks["lag"], createdAt: string): boolean;
  /** Returns the milliseconds after which this PATCH takes effect; 0 for immediately. */
  accepted(): number;
}

/** An operation of the service. */
export interface Route {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: Schema;
  /** Refuses an app-only token. */
  readonly userOnly?: true;
  /** Excluded for 21Vianet in the documents. */
  readonly beyond21Vianet?: true;
  /** Only one such request can run at a time for each customer. */
  readonly alone?: true;
  handle(exchange: Exchange): Answer;
}

/**
 * The API of a route. It decides which tokens are valid, the format of errors, and the byte order
 * mark.
 */
export type Api = "partnerCenter" | "graph" | "signIn" | "control";

/** A 200 response with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A 201 response with a body. */
export function createdAnswer(body: unknown): Answer {
  return { status: 201, body };
}

/** A response without a body. */
export function empty(status: number): Answer {
  return { status };
}

/** The etags that a client sent, in If-Match and in the body. */
export function clientVersion({ headers, body }: Exchange): ClientVersion {
  const header = headers["if-match"];
  const etag = (body as { readonly attributes?: { readonly etag?: string } } | undefined)
    ?.attributes?.etag;
  return { ...(header !== undefined && { header }), ...(etag !== undefined && { body: etag }) };
}
