import { setMaxListeners } from "node:events";
import { say } from "../../model/say.ts";
import { NoReply, type Request, type Response, type Transport } from "./transport.ts";

/** The one HTTP client: connections are kept alive and shared. */
export interface Http {
  readonly send: Transport;
  close(): Promise<void>;
}

/** A client that is loaded with its first request; `timeout` is in milliseconds, for the headers and between two pieces of a body. */
export function http({ timeout, connections }: { readonly timeout: number; readonly connections: number }): Http {
  let opening: ReturnType<typeof open> | undefined;
  const open = async () => {
    const { Agent, request } = await import("./undici-client.ts");
    return { ask: request, agent: new Agent({ connections, headersTimeout: timeout, bodyTimeout: timeout }) };
  };
  return {
    async send(request) {
      request.signal.throwIfAborted();
      opening ??= open();
      const { ask, agent } = await opening;
      // One signal stops all requests of a run, and each of them listens to it.
      setMaxListeners(0, request.signal);
      try {
        const { method, headers, body, signal } = request;
        const {
          statusCode,
          headers: answered,
          body: content,
        } = await ask(request.url, {
          method,
          headers: { ...headers },
          ...(body !== undefined && { body }),
          signal,
          dispatcher: agent,
        });
        const text = withoutMark(await content.text());
        return { status: statusCode, headers: single(answered), text } satisfies Response;
      } catch (error) {
        request.signal.throwIfAborted();
        throw noReply(request, error);
      }
    },
    async close() {
      await (await opening)?.agent.close();
    },
  };
}

function single(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? ""].flat().join(", ")]));
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** The connection was never made, so nothing can have happened. */
const unsent = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"],
  ...["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "ERR_TLS_CERT_ALTNAME_INVALID"],
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function noReply({ method, url }: Request, error: unknown): NoReply {
  const { host } = new URL(url);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const sent = !unsent.has(code);
  const why = code === "" ? say`no reason given` : code;
  const message = sent ? say`no whole reply of ${host} to a ${method} (${why})` : say`${host} cannot be reached (${why})`;
  return new NoReply(message, sent, { cause: error });
}
