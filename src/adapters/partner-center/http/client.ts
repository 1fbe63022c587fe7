import { randomUUID } from "node:crypto";
import { AdapterError } from "../../../model/adapter.ts";
import { isSpec, type Json } from "../../../model/values/json.ts";
import { labelText, say, type Wording } from "../../../model/text/phrase.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import { isRefusal, nothingSent, provesRefusal, type Reply, refusal } from "./errors.ts";
import type { Options } from "../options.ts";
import type { TokenUser, TokenSource } from "../sign-in/tokens.ts";
import {
  type Access,
  NoReply,
  type HttpRequest,
  redirectTarget,
  type Response,
  retryAfter,
  type Transport,
  throttledError,
} from "./transport.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";

/** A request to the service. */
export interface Call {
  readonly method: HttpRequest["method"];
  /** From the root of the host, including the query. */
  readonly path: string;
  /** Whose token to use. Default: `either`. */
  readonly as?: TokenUser;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** The idempotency key. Default: a new one. */
  readonly requestId?: string;
  /** Whether to send it again when the outcome is unknown. Default: not for POST and PATCH. */
  readonly repeatable?: boolean;
  /** It was sent before under this request id, with an unknown outcome. */
  readonly repeated?: boolean;
  /** It buys something and is not idempotent. */
  readonly purchase?: boolean;
  /** It changes nothing, whatever its method. */
  readonly reads?: boolean;
  /** Its reply is a list, and no object. */
  readonly list?: true;
  /** Called immediately before a write is sent; see WriteContext. */
  readonly permit?: () => Promise<number>;
  readonly signal: AbortSignal;
}

/**
 * The HTTP client for Partner Center (`api`) and Microsoft Graph (`graph`). Returns refusals as
 * replies. Throws AdapterError for a missing or invalid reply, a redirect, throttling or a server
 * error.
 */
export interface Wire {
  api(call: Call): Promise<Reply>;
  graph(call: Call): Promise<Reply>;
  readonly graphRoot: string;
}

/** A client for the configured hosts. All requests to Partner Center carry one `correlation` id. */
export function wire(
  options: Options,
  parts: { readonly send: Transport; readonly tokens: TokenSource; readonly correlation: string },
): Wire {
  const { send, tokens, correlation } = parts;
  const to =
    (audience: Access["audience"], headersOf: (call: Call) => Readonly<Record<string, string>>) =>
    async (call: Call) => {
      call.signal.throwIfAborted();
      const as = tokens.choose(call.as ?? "either", `${call.method} ${pathOf(call)}`);
      const body = call.body === undefined ? undefined : JSON.stringify(call.body);
      const headers = {
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headersOf(call),
        ...call.headers,
      };
      demandPrintable(headers);
      const { method, signal, repeated = false, purchase = false, permit } = call;
      const repeatable = call.repeatable ?? (method !== "POST" && method !== "PATCH");
      const request: HttpRequest = {
        ...{
          method,
          origin: options[audience],
          path: call.path,
          headers,
          repeatable,
          repeated,
          purchase,
          access: { audience, as },
          signal,
        },
        ...(permit && !isReading(call) && { permit }),
        ...(body !== undefined && { body }),
      };
      return reply(call, await send(request).catch((error) => noReply(call, error)));
    };
  return {
    api: to("api", ({ requestId }) => ({
      "MS-RequestId": requestId ?? randomUUID(),
      "MS-CorrelationId": correlation,
      "X-Locale": options.locale,
    })),
    graph: to("graph", () => ({})),
    graphRoot: `${options.graph}/v1.0`,
  };
}

/** Returns the body of a successful reply. Throws AdapterError if the reply is a refusal. */
export function acceptReply(call: Pick<Call, "method" | "path">, reply: Reply): Json | undefined {
  if (isRefusal(reply)) throw refusal(reply, `${call.method} ${pathOf(call)}`);
  return reply.body;
}

/**
 * Throws AdapterError `unavailable` for a header value with invalid characters: ETags and
 * continuation tokens come from responses.
 */
function demandPrintable(headers: Readonly<Record<string, string>>): void {
  const [name] =
    Object.entries(headers).find(([, value]) => !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) ?? [];
  if (name !== undefined)
    throw new AdapterError(
      "unavailable",
      say`Nothing was sent: the header ${name} would hold characters that no header may hold.`,
    );
}

/**
 * Whether the response to a write leaves its outcome unknown: a proxy may have sent it although the
 * service did the write.
 */
function leavesOpen({ purchase }: Call, response: Response): boolean {
  if (response.status < 400 || provesRefusal(response)) return false;
  return purchase === true || (response.status !== 401 && response.status !== 429);
}

function unproven(call: Call, status: number): AdapterError {
  const { wording } = unsure(
    call,
    say`The answer (${status}) is not one that the service documents, so that it proves nothing.`,
  );
  return new AdapterError("unknown-outcome", wording, {
    unproven: call.purchase === true && (status === 401 || status === 429),
  });
}

function pathOf({ path }: Pick<Call, "path">): string {
  return path.split("?", 1)[0] ?? path;
}

function noReply(call: Call, error: unknown): never {
  const unsent = call.purchase === true;
  // The sign-in failed because the authority could not be reached.
  if (unsent && error instanceof AdapterError && error.problem === "unavailable")
    throw nothingSent(error);
  if (!(error instanceof NoReply)) throw error;
  if (!error.sent)
    throw new AdapterError("unavailable", wordingOf(error), { cause: error, unsent });
  throw unsure(call, wordingOf(error));
}

/** The error for an unknown outcome: `unavailable` for a read, `unknown-outcome` for a write. */
function unsure(call: Call, why: Wording): AdapterError {
  return new AdapterError(
    isReading(call) ? "unavailable" : "unknown-outcome",
    labelText(`${call.method} ${pathOf(call)}`, why),
  );
}

function isReading({ method, reads }: Call): boolean {
  return reads === true || method === "GET" || method === "HEAD";
}

function reply(call: Call, response: Response): Reply {
  const { status, headers, text, body, page } = response;
  if (!isReading(call) && leavesOpen(call, response)) throw unproven(call, status);
  if (status === 429)
    throw throttledError(`${call.method} ${pathOf(call)}`, retryAfter(response, Date.now()));
  if (status >= 500 && status !== 501 && status !== 505)
    throw unsure(call, say`The service failed (${status}).`);
  if (status >= 300 && status < 400)
    throw unsure(
      call,
      say`The service answered ${status}, which sends the request elsewhere${redirectTarget(response)}.`,
    );
  if (status < 300 && body !== undefined && !(call.list ? Array.isArray(body) : isSpec(body)))
    throw unsure(
      call,
      call.list ? say`The reply is no JSON list.` : say`The reply is no JSON object.`,
    );
  const said = body ?? (text.trim() === "" ? undefined : withoutSecrets(text).slice(0, 300));
  return {
    status,
    headers,
    ...(page !== undefined && { page }),
    ...(said !== undefined && { body: typeof said === "string" ? { description: said } : said }),
  };
}
