import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/say.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import type { Certificate } from "./certificate.ts";
import type { Options } from "../options.ts";
import type { RefreshToken } from "./refresh-token.ts";
import type { SignIn, Token } from "./tokens.ts";
import {
  NoReply,
  redirectTarget,
  type Response,
  retryAfter,
  type Transport,
  throttledError,
} from "../http/transport.ts";

/** The dependencies of signing in. */
export interface Signing {
  readonly options: Options;
  /** The application's certificate, used instead of a secret. */
  readonly certificate?: Certificate;
  readonly refreshToken?: RefreshToken;
  readonly send: Transport;
}

type Msal = typeof import("@azure/msal-node");
type Client = InstanceType<Msal["ConfidentialClientApplication"]>;
type Network = NonNullable<
  NonNullable<
    ConstructorParameters<Msal["ConfidentialClientApplication"]>[0]["system"]
  >["networkClient"]
>;
type Result = Awaited<ReturnType<Client["acquireTokenByClientCredential"]>>;

/** Signs in with MSAL. Fetches user tokens one at a time: each may replace the refresh token. */
export function signIn(signing: Signing): SignIn {
  let opening: Promise<Client> | undefined;
  let userTurn: Promise<unknown> = Promise.resolve();
  const trouble: Trouble = {};

  async function acquire(request: (client: Client) => Promise<Result>): Promise<Token> {
    opening ??= open(signing, trouble);
    const client = await opening;
    try {
      return read(await request(client));
    } catch (error) {
      throw failure(error, trouble);
    }
  }

  return ({ audience, as }) => {
    const resource = signing.options.audiences[audience];
    if (as === "app")
      return acquire((client) =>
        client.acquireTokenByClientCredential({
          scopes: [`${resource}/.default`],
          skipCache: true,
        }),
      );
    const mine = userTurn.then(() =>
      acquire((client) => client.acquireTokenByRefreshToken(asUser(signing, resource, audience))),
    );
    userTurn = mine.catch(() => {});
    return mine;
  };
}

function asUser({ refreshToken }: Signing, resource: string, audience: "api" | "graph") {
  const scope = audience === "api" ? "user_impersonation" : ".default";
  return { refreshToken: refreshToken?.current() ?? "", scopes: [`${resource}/${scope}`] };
}

interface Trouble {
  last?: Error;
}

async function open(signing: Signing, trouble: Trouble): Promise<Client> {
  const { ConfidentialClientApplication } = await import("@azure/msal-node");
  const { authority, tenant, clientId, secrets, tokenEndpoint } = signing.options;
  // MSAL refuses http, which a local emulator uses; `network` restores the real address.
  const secure = authority.replace(/^http:/, "https:");
  const base = `${secure}/${tenant}`;
  const metadata = {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/${tokenEndpoint === "v1" ? "token" : "v2.0/token"}`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  };
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      authority: base,
      ...(signing.certificate === undefined
        ? { clientSecret: secrets.clientSecret ?? "" }
        : { clientCertificate: signing.certificate }),
      knownAuthorities: [new URL(secure).host],
      authorityMetadata: JSON.stringify(metadata),
    },
    system: {
      networkClient: network(signing, trouble, (url) =>
        url.startsWith(`${secure}/`) ? url.slice(secure.length) : url,
      ),
      disableInternalRetries: true,
    },
  });
}

function network(
  { send, refreshToken, options }: Signing,
  trouble: Trouble,
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

function read(result: Result): Token {
  if (result === null || result.accessToken === "")
    throw new AdapterError("denied", say`the authority gave no token`);
  const { tid, oid, exp, roles, scp } = claims(result.accessToken);
  const rights = Array.isArray(roles)
    ? roles.map(String)
    : typeof scp === "string"
      ? scp.split(" ")
      : [];
  const expiresAt =
    result.expiresOn?.getTime() ?? (typeof exp === "number" ? exp * 1000 : Date.now());
  return {
    value: result.accessToken,
    expiresAt,
    ...(typeof tid === "string" && { tenant: tid.toLowerCase() }),
    ...(typeof oid === "string" && { user: oid.toLowerCase() }),
    ...(rights.length > 0 && { rights }),
  };
}

/** The claims of an access token. Empty if it cannot be decoded. */
function claims(token: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
  } catch {
    return {};
  }
}

function failure(error: unknown, { last }: Trouble): Error {
  if (last instanceof NoReply)
    return new AdapterError("unavailable", say`signing in: ${last.message}`);
  if (last) return last;
  const { errorCode = "", errorMessage = "" } = Object(error) as {
    readonly errorCode?: string;
    readonly errorMessage?: string;
  };
  if (errorCode === "") return error instanceof Error ? error : new Error(String(error));
  const refused = say`the authority refused to sign in (${errorCode}): ${reasonIn(errorMessage)}`;
  return new AdapterError(
    "denied",
    errorCode === "invalid_grant"
      ? say`${refused}; a new refresh token is needed in secrets.refreshToken`
      : refused,
  );
}

/** The authority's error description, without the trace ids and times around it. */
function reasonIn(message: string): string {
  const said = / - Description: (.*?)(?: - Correlation ID:.*)?$/s.exec(message)?.[1] ?? message;
  return withoutSecrets(said.split("\n", 1)[0] ?? "")
    .slice(0, 300)
    .trimEnd();
}
