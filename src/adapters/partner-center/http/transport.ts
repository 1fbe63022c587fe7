import { AdapterError } from "../../../model/adapter.ts";
import type { Json } from "../../../model/values/json.ts";
import { say } from "../../../model/text/say.ts";

/** Whose token a request carries, and for which host. */
export interface Access {
  readonly audience: "api" | "graph";
  readonly as: "app" | "user";
}

/** One HTTP request. */
export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The host it is meant for, and no other: `https://host`. */
  readonly origin: string;
  /** From the root of that host, query included. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Missing for the token request itself. */
  readonly access?: Access;
  /** May be sent again when nobody knows what became of it. */
  readonly repeatable: boolean;
  /** Was sent before under its request id, nobody knows with what outcome. */
  readonly repeated?: boolean;
  /** It buys something, and nothing keeps a second one from buying it again. */
  readonly purchase?: boolean;
  /** The last step before it is sent: resolves with the milliseconds it may take in all. */
  readonly permit?: () => Promise<number>;
  readonly signal: AbortSignal;
}

/** One HTTP response, whatever its status; header names are in small letters, the text is without a byte order mark. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text as JSON, where it is. */
  readonly body?: Json;
}

/** Sends a request and resolves with its response. Throws NoReply where none came, and the signal's reason where it was stopped. */
export type Transport = (request: HttpRequest) => Promise<Response>;

/** No whole reply came. The message holds no header and no body. */
export class NoReply extends Error {
  override readonly name = "NoReply";
  /** Whether the request may have reached the service. */
  readonly sent: boolean;
  /** Sending it again would end in the same way. */
  readonly final: boolean;

  constructor(message: string, sent: boolean, options: ErrorOptions & { readonly final?: true } = {}) {
    super(message, options);
    this.sent = sent;
    this.final = options.final ?? false;
  }
}

/**
 * Where a request goes. Throws AdapterError where its path (from the settings, a link or an id) leads
 * to another host: no token goes there.
 */
export function addressOf({ origin, path }: Pick<HttpRequest, "origin" | "path">): URL {
  const address = URL.canParse(path, origin) ? new URL(path, origin) : undefined;
  if (path.startsWith("/") && address?.origin === origin) return address;
  throw new AdapterError(
    "rejected",
    say`Nothing was sent: ${path.slice(0, 200)} is not a path on ${origin}, the only host that this request is meant for.`,
  );
}

/** Where a redirect leads, for a message: the host alone, for a path may hold a secret. */
export function redirectTarget({ headers: { location = "" } }: Response): string {
  const to = URL.canParse(location) ? new URL(location).origin : "null";
  return to === "null" ? "" : ` (${to})`;
}

/** No timer of Node's is longer, in milliseconds: a longer one would end at once. */
export const longestTimer = 2 ** 31 - 1;

/** What to say of a service that asks to wait longer than anybody here does, or that went on throttling. */
export function throttledError(what: string, seconds: number | undefined): AdapterError {
  if (seconds === undefined || !Number.isFinite(seconds))
    return new AdapterError("throttled", say`${what}: the service asks to slow down (429)`);
  const asked = Math.ceil(seconds);
  return new AdapterError("throttled", say`${what}: the service asks to wait ${asked} seconds (429)`);
}

/** How long the service asks to wait, in seconds: from `Retry-After` (whole, fractional or a date), else from what a throttled body says. */
export function retryAfter({ headers, text }: Response, now: number): number | undefined {
  const header = headers["retry-after"]?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header);
  const date = header === "" ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(date)) return Math.max(0, (date - now) / 1000);
  const said = /try again in (\d+(?:\.\d+)?) second/i.exec(text)?.[1];
  return said === undefined ? undefined : Number(said);
}
