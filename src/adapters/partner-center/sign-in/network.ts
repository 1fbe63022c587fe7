import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/say.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import {
  NoReply,
  redirectTarget,
  type Response,
  retryAfter,
  throttledError,
  type Transport,
} from "../http/transport.ts";
import type { Options } from "../options.ts";
import type { Certificate } from "./certificate.ts";
import type { RefreshToken } from "./refresh-token.ts";

/** The dependencies of signing in. */
export interface Signing {
  readonly options: Options;
  /** The application's certificate, used instead of a secret. */
  readonly certificate?: Certificate;
  readonly refreshToken?: RefreshToken;
  readonly send: Transport;
}

/** The MSAL library, which is loaded only to sign in. */
export type Msal = typeof import("@azure/msal-node");

type Network = NonNullable<
  NonNullable<
    ConstructorParameters<Msal["ConfidentialClientApplication"]>[0]["system"]
  >["networkClient"]
>;

/** The last error of the network, which MSAL wraps in errors of its own. */
export interface SignInTrouble {
  last?: Error;
}

/** The network client for MSAL: sends its requests through this adapter's own transport. */
export function network(
  { send, refreshToken, options }: Signing,
  trouble: SignInTrouble,
  pathOf: (url: string) => string,
): Network {
  const ask = async <T>(
    method: "GET" | "POST",
    url: string,
    given?: { readonly headers?: Record<string, string>; readonly body?: string },
  ) => {
    const { headers = {} } = given ?? {};
    const body =
      given?.body !== undefined && options.tokenEndpoint === "v1"
        ? inFirstForm(given.body)
        : given?.body;
    const { signal } = new AbortController();
    delete trouble.last;
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
        throw throttledError(say`signing in`, retryAfter(reply, Date.now()));
      if (reply.status >= 300 && reply.status < 400) throw sentElsewhere(reply);
      // MSAL treats a failure without an error code as a success.
      if (reply.status >= 500) throw new NoReply(say`the authority answered ${reply.status}`, true);
      if (reply.body === undefined && reply.text.trim() !== "") throw noAuthority(reply);
      const answer: Readonly<Record<string, unknown>> = Object(reply.body);
      if (reply.status < 300 && !isUsable(answer))
        throw new NoReply(say`the authority's reply has another shape than a token's`, true);
      if (typeof answer.refresh_token === "string") refreshToken?.keep(answer.refresh_token);
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
    say`signing in: the authority answered ${reply.status}, which sends the request elsewhere${to}`,
    {
      hint: say`Set adapters.partner-center.authority to the host that gives tokens itself; or find out what answers in its place (a proxy, a portal of the network).`,
    },
  );
}

/** The authority always answers in JSON. */
function noAuthority({ status, text }: Response): NoReply {
  return new NoReply(
    say`the authority answered ${status} with ${withoutSecrets(text).slice(0, 300)}`,
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

const documented = [
  "grant_type",
  "client_id",
  "client_secret",
  "client_assertion_type",
  "client_assertion",
  "refresh_token",
];

/** Converts MSAL's form to that of the v1 endpoint: `resource`, and `scope` only for a user. */
function inFirstForm(body: string): string {
  const given = new URLSearchParams(body);
  const form = new URLSearchParams([...given].filter(([name]) => documented.includes(name)));
  const scopes = given.get("scope")?.split(" ") ?? [];
  form.set("resource", scopes.find((one) => one.includes("://"))?.replace(/\/[^/]*$/, "") ?? "");
  if (form.has("refresh_token")) form.set("scope", "openid");
  return form.toString();
}
