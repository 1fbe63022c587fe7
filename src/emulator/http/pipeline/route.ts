import type { IncomingHttpHeaders } from "node:http";
import type { ClientVersion } from "../../account/etag.ts";
import type { Transaction } from "../../account/transaction.ts";
import type { Quirks } from "../../quirks.ts";
import type { Principal } from "../sign-in/tokens.ts";

/** A JSON Schema of a request's body. */
export type Schema = Readonly<Record<string, unknown>>;

/** What is answered; a body is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Sent as it is, instead of a body. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request with all that a route needs to answer it. */
export interface Exchange {
  /** A part of the path. */
  parameter(name: string): string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: IncomingHttpHeaders;
  /** The body as the route's schema checked it, with keys in camel case and no nulls (Partner Center). */
  readonly body: unknown;
  /** The path without its query. */
  readonly path: string;
  /** The scheme and host this service was reached at. */
  readonly origin: string;
  readonly now: number;
  readonly quirks: Quirks;
  readonly principal: Principal;
  /** Whether links in this answer carry /v1, and ids the other letter case. */
  readonly prefixed: boolean;
  readonly flipped: boolean;
  read<T>(rule: (transaction: Transaction) => T): T;
  write<T>(rule: (transaction: Transaction) => T): T;
  /** Whether what came to be at this time is in a list already. */
  listed(list: keyof Quirks["lag"], createdAt: string): boolean;
  /** After how many milliseconds this PATCH takes effect; 0 is at once. */
  accepted(): number;
}

/** One operation of the service. */
export interface Route {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: Schema;
  /** An app-only token is refused. */
  readonly userOnly?: true;
  /** The documents leave it out for 21Vianet. */
  readonly beyond21Vianet?: true;
  /** Two of these for one customer cannot run at a time. */
  readonly alone?: true;
  handle(exchange: Exchange): Answer;
}

/** Which of the services a route belongs to; it decides the token, the shape of errors, and the byte order mark. */
export type Api = "partnerCenter" | "graph" | "signIn" | "control";

/** A 200 with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A 201 with a body. */
export function createdAnswer(body: unknown): Answer {
  return { status: 201, body };
}

/** Nothing but a status. */
export function empty(status: number): Answer {
  return { status };
}

/** Which version a client saw, from If-Match and from the body. */
export function clientVersion({ headers, body }: Exchange): ClientVersion {
  const header = headers["if-match"];
  const etag = (body as { readonly attributes?: { readonly etag?: string } } | undefined)?.attributes?.etag;
  return { ...(header !== undefined && { header }), ...(etag !== undefined && { body: etag }) };
}
