import type { Json } from "../../model/json.ts";

/** Whose token a request carries, and for which host. */
export interface Access {
  readonly audience: "api" | "graph";
  readonly as: "app" | "user";
}

/** One HTTP request. */
export interface Request {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Missing for the token request itself. */
  readonly access?: Access;
  /** May be sent again when nobody knows what became of it. */
  readonly repeatable: boolean;
  /** Was sent before under its request id, nobody knows with what outcome. */
  readonly repeated?: boolean;
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
export type Transport = (request: Request) => Promise<Response>;

/** No whole reply came. The message holds no header and no body. */
export class NoReply extends Error {
  override readonly name = "NoReply";
  /** Whether the request may have reached the service. */
  readonly sent: boolean;

  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.sent = sent;
  }
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
