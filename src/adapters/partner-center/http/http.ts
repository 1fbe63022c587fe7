import { AdapterError } from "../../../model/adapter.ts";
import type { Clock } from "../../../model/clock.ts";
import { say } from "../../../model/text/phrase.ts";
import { type Connecting, connectionsOf } from "./connections.ts";
import {
  addressOf,
  NoReply,
  type HttpRequest,
  type Response,
  type Transport,
} from "./transport.ts";

/** An HTTP client. Connections are kept alive and shared. */
export interface Http {
  readonly send: Transport;
  close(): Promise<void>;
}

/** `timeout` limits a whole request, in milliseconds. A request's permit can lower it. */
export interface HttpOptions extends Connecting {
  readonly clock: Clock;
}

/** Creates a client. The HTTP library loads with the first request. */
export function http({ clock, ...connecting }: HttpOptions): Http {
  const { timeout } = connecting;
  let opening: ReturnType<typeof open> | undefined;
  const open = async () => {
    const client = await import("./undici-client.ts");
    return { ask: client.request, connections: connectionsOf(client, connecting) };
  };
  return {
    async send(request) {
      request.signal.throwIfAborted();
      opening ??= open();
      const { ask, connections } = await opening;
      const { dispatcher, proxy } = connections.to(request.origin);
      // Do not await anything between the permit and the request. The short time until the bytes
      // reach the socket remains.
      const allowed = Math.min(timeout, (await request.permit?.()) ?? timeout);
      const limit = deadline(allowed, clock);
      try {
        const { method, headers, body } = request;
        const signal = AbortSignal.any([request.signal, limit.signal]);
        const {
          statusCode,
          headers: answered,
          body: content,
        } = await ask(addressOf(request), {
          method,
          headers: { ...headers },
          ...(body !== undefined && { body }),
          signal,
          dispatcher,
        });
        const text = withoutMark(await textOf(content, request.origin));
        return { status: statusCode, headers: single(answered), text } satisfies Response;
      } catch (error) {
        request.signal.throwIfAborted();
        throw error instanceof NoReply || error instanceof AdapterError
          ? error
          : noReply(request, error, proxy);
      } finally {
        limit.over();
      }
    },
    async close() {
      await (await opening)?.connections.close();
    },
  };
}

/** The maximum size of a response in bytes, about ten times the longest page of a list. */
export const mostReplyBytes = 64 * 1024 * 1024;

/** Reads the response text. Throws NoReply if it is larger than `mostReplyBytes`. */
async function textOf(content: AsyncIterable<Uint8Array>, origin: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    size += piece.length;
    if (size > mostReplyBytes) {
      const most = mostReplyBytes / 1024 / 1024;
      throw new NoReply(
        say`The reply of ${new URL(origin).host} is larger than ${most} MiB.`,
        true,
        { final: true },
      );
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** A signal that aborts after the given milliseconds unless `over` is called first. */
function deadline(
  milliseconds: number,
  clock: Clock,
): { readonly signal: AbortSignal; over(): void } {
  const passed = new AbortController();
  const over = new AbortController();
  clock.sleep(milliseconds, over.signal).then(
    () => passed.abort(Object.assign(new Error("deadline"), { code: "ETIMEDOUT" })),
    () => {},
  );
  return { signal: passed.signal, over: () => over.abort() };
}

function single(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      [value ?? ""].flat().join(", "),
    ]),
  );
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** Error codes that mean no connection was made, so the request had no effect. */
const unsent = new Set([
  ...[
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
  ],
  ...[
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "ERR_TLS_CERT_ALTNAME_INVALID",
  ],
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function noReply(
  { method, origin }: HttpRequest,
  error: unknown,
  proxy: string | undefined,
): NoReply {
  const refused =
    proxy === undefined || !(error instanceof Error)
      ? undefined
      : /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (refused !== undefined)
    return new NoReply(
      say`The proxy ${proxy ?? ""} answered ${refused}, and let nothing through.`,
      false,
      { cause: error },
    );
  const host =
    proxy === undefined
      ? new URL(origin).host
      : say`${new URL(origin).host} (through the proxy ${proxy})`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const sent = !unsent.has(code);
  const why = code === "" ? say`no reason given` : code;
  const message = sent
    ? say`No whole reply of ${host} to a ${method} (${why}).`
    : say`${host} cannot be reached (${why}).`;
  return new NoReply(message, sent, { cause: error });
}
