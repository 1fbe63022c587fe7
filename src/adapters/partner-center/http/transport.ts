import { AdapterError } from "../../../model/adapter.ts";
import type { Json } from "../../../model/values/json.ts";
import { say } from "../../../model/text/phrase.ts";
import { WordedError } from "../../../model/text/worded-error.ts";
import type { Wording } from "../../../model/text/phrase.ts";

/** The token a request needs: for which host, and of whom. */
export interface Access {
  readonly audience: "api" | "graph";
  readonly as: "app" | "user";
}

/** One HTTP request. */
export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The only host the request may go to: `https://host`. */
  readonly origin: string;
  /** From the root of the host, including the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Omitted for the token request. */
  readonly access?: Access;
  /** May be sent again if the outcome is unknown. */
  readonly repeatable: boolean;
  /** It was sent before under this request id, with an unknown outcome. */
  readonly repeated?: boolean;
  /** It buys something and is not idempotent. */
  readonly purchase?: boolean;
  /**
   * Called immediately before sending. Resolves with the milliseconds that the request may take in
   * total.
   */
  readonly permit?: () => Promise<number>;
  readonly signal: AbortSignal;
}

/**
 * An HTTP response with any status. Header names are in lower case; the text has no byte order
 * mark.
 */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text parsed as JSON. Omitted if it is not JSON. */
  readonly body?: Json;
  /** What web page it is, if it is one: the text is empty then. */
  readonly page?: Wording;
}

/**
 * Sends a request and returns its response. Throws NoReply if there is none, and the signal's
 * reason if aborted.
 */
export type Transport = (request: HttpRequest) => Promise<Response>;

/** No complete reply arrived. The message contains no headers and no body. */
export class NoReply extends WordedError {
  override readonly name = "NoReply";
  /** Whether the request may have reached the service. */
  readonly sent: boolean;
  /** A retry would fail in the same way. */
  readonly final: boolean;

  constructor(
    wording: Wording,
    sent: boolean,
    options: ErrorOptions & { readonly final?: true } = {},
  ) {
    super(wording, options);
    this.sent = sent;
    this.final = options.final ?? false;
  }
}

/**
 * The URL of a request. Throws AdapterError `rejected` if the path (from the settings, a link or an
 * id) leads to another host, which must not receive the token.
 */
export function addressOf({ origin, path }: Pick<HttpRequest, "origin" | "path">): URL {
  const address = URL.canParse(path, origin) ? new URL(path, origin) : undefined;
  if (path.startsWith("/") && address?.origin === origin) return address;
  throw new AdapterError(
    "rejected",
    say`Nothing was sent: ${path.slice(0, 200)} is not a path on ${origin}, the only host that this request is meant for.`,
  );
}

/**
 * The origin of a redirect, for a message. Leaves out the path, because it may contain a secret.
 */
export function redirectTarget({ headers: { location = "" } }: Response): string {
  const to = URL.canParse(location) ? new URL(location).origin : "null";
  return to === "null" ? "" : ` (${to})`;
}

/** The longest delay of a Node.js timer in milliseconds. A longer one would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/**
 * The error for throttling, if the requested pause is too long or retries are used up. Includes the
 * requested seconds if known.
 */
export function throttledError(what: string, seconds: number | undefined): AdapterError {
  if (seconds === undefined || !Number.isFinite(seconds))
    return new AdapterError("throttled", say`${what}: the service asks to slow down (429).`);
  const asked = Math.ceil(seconds);
  return new AdapterError(
    "throttled",
    say`${what}: the service asks to wait ${asked} seconds (429).`,
  );
}

/**
 * The pause the service asks for in seconds: from `Retry-After` (a number or a date), else from the
 * text of the body. Undefined if there is none.
 */
export function retryAfter({ headers, text }: Response, now: number): number | undefined {
  const header = headers["retry-after"]?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header);
  const date = header === "" ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(date)) return Math.max(0, (date - now) / 1000);
  const said = /try again in (\d+(?:\.\d+)?) second/i.exec(text)?.[1];
  return said === undefined ? undefined : Number(said);
}
