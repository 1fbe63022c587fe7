import type { ConfidentialClientApplication } from "@azure/msal-node";
import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import type { Options } from "../options.ts";
import {
  NoReply,
  redirectTarget,
  type Response,
  retryAfter,
  type Transport,
  throttledError,
} from "../http/transport.ts";
import type { RefreshToken } from "./refresh-token.ts";
import { toFirstForm } from "./first-form.ts";

/** The HTTP client that MSAL is given. */
export type Network = NonNullable<
  NonNullable<
    ConstructorParameters<typeof ConfidentialClientApplication>[0]["system"]
  >["networkClient"]
>;

interface Authority {
  readonly options: Pick<Options, "authority" | "tokenEndpoint">;
  readonly refreshToken?: RefreshToken;
  readonly send: Transport;
}

/** How the requests of one token request are sent. */
export interface TokenRequest {
  /** Keeps the last failure, of which MSAL drops the type. */
  readonly trouble: { last?: Error };
  readonly signal: AbortSignal;
  /** The path of a URL at the authority. */
  readonly pathOf: (url: string) => string;
}

/** Sends MSAL's requests to the authority, and keeps each new refresh token. */
export function network(
  { send, refreshToken, options }: Authority,
  { trouble, signal, pathOf }: TokenRequest,
): Network {
  const ask = async <T>(
    method: "GET" | "POST",
    url: string,
    given?: { readonly headers?: Record<string, string>; readonly body?: string },
  ) => {
    const { headers = {} } = given ?? {};
    const body =
      given?.body !== undefined && options.tokenEndpoint === "v1"
        ? toFirstForm(given.body)
        : given?.body;
    try {
      const reply = await send({
        method,
        origin: options.authority,
        path: pathOf(url),
        headers,
        ...(body !== undefined && { body }),
        repeatable: true,
        signal,
      });
      if (reply.status === 429)
        throw throttledError(say`Signing in`, retryAfter(reply, Date.now()));
      if (reply.status >= 300 && reply.status < 400) throw sentElsewhere(reply);
      // MSAL treats a failure without an error code as a success.
      if (reply.status >= 500)
        throw new NoReply(say`The authority answered ${reply.status}.`, true);
      if (reply.page !== undefined || (reply.body === undefined && reply.text.trim() !== ""))
        throw noAuthority(reply);
      const answer: Readonly<Record<string, unknown>> = Object(reply.body);
      if (reply.status < 300 && !isUsable(answer))
        throw new NoReply(say`The authority's reply has another shape than a token's.`, true);
      if (typeof answer.refresh_token === "string") await refreshToken?.keep(answer.refresh_token);
      return { status: reply.status, headers: { ...reply.headers }, body: answer as T };
    } catch (error) {
      if (error instanceof Error) trouble.last = error;
      throw error;
    }
  };
  return {
    sendGetRequestAsync: (url, options) => ask("GET", url, options),
    sendPostRequestAsync: (url, options) => ask("POST", url, options),
  };
}

/** Redirects are not followed, because the request contains a secret. */
function sentElsewhere(reply: Response): AdapterError {
  const to = redirectTarget(reply);
  return new AdapterError(
    "rejected",
    say`Signing in: the authority answered ${reply.status}, which sends the request elsewhere${to}.`,
    {
      hint: say`Set adapters.partner-center.authority to the host that gives tokens itself; or find out what answers in its place (a proxy, a portal of the network).`,
    },
  );
}

/** The authority always answers in JSON. */
function noAuthority({ status, text, page }: Response): NoReply {
  return new NoReply(
    say`The authority answered ${status} with ${page ?? withoutSecrets(text).slice(0, 300)}.`,
    true,
  );
}

/** Whether the token can be used in a header and its lifetime is a number of seconds. */
function isUsable({
  access_token: token = "",
  expires_in: seconds = 0,
}: Readonly<Record<string, unknown>>): boolean {
  const lasts =
    typeof seconds === "number" || (typeof seconds === "string" && /^\d+$/.test(seconds));
  return (
    typeof token === "string" && /^[\x21-\x7e]*$/.test(token) && lasts && Number(seconds) <= 1e9
  );
}
