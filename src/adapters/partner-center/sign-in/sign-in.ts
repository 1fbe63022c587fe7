import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import type { Certificate } from "./certificate.ts";
import type { Options } from "../options.ts";
import type { RefreshToken } from "./refresh-token.ts";
import type { SignIn, Token } from "./tokens.ts";
import { NoReply, type Transport } from "../http/transport.ts";
import { network, type TokenRequest } from "./network.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";

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
type Result = Awaited<ReturnType<Client["acquireTokenByClientCredential"]>>;

/** Signs in with MSAL. Fetches user tokens one at a time: each may replace the refresh token. */
export function signIn(signing: Signing): SignIn {
  let userTurn: Promise<unknown> = Promise.resolve();
  return ({ audience, as }, signal) => {
    const resource = signing.options.audiences[audience];
    if (as === "app")
      return acquire(signing, signal, (client) =>
        client.acquireTokenByClientCredential({
          scopes: [`${resource}/.default`],
          skipCache: true,
        }),
      );
    const mine = userTurn.then(() => {
      signal.throwIfAborted();
      return acquire(signing, signal, (client) =>
        client.acquireTokenByRefreshToken(asUser(signing, resource, audience)),
      );
    });
    userTurn = mine.catch(() => {});
    return mine;
  };
}

/** An authorization code, and what it was requested with. */
export interface Redemption {
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier?: string;
}

/** The scope of a user's sign-in that gives a refresh token, at the v2 endpoint. */
export function scopeOf({ audiences }: Options): string {
  return [`${audiences.api}/user_impersonation`, "offline_access", "openid"].join(" ");
}

/** Gets the token for an authorization code; the network keeps its refresh token. */
export function redeemCode(
  signing: Signing,
  redemption: Redemption,
  signal: AbortSignal,
): Promise<Token> {
  const scopes = [`${signing.options.audiences.api}/user_impersonation`];
  return acquire(signing, signal, (client) => client.acquireTokenByCode({ ...redemption, scopes }));
}

/** Each request has a client of its own, whose network obeys the signal and keeps the failure. */
async function acquire(
  signing: Signing,
  signal: AbortSignal,
  request: (client: Client) => Promise<Result>,
): Promise<Token> {
  const trouble: TokenRequest["trouble"] = {};
  const client = await open(signing, trouble, signal);
  try {
    return read(await request(client));
  } catch (error) {
    signal.throwIfAborted();
    throw failure(error, trouble);
  }
}

function asUser({ refreshToken }: Signing, resource: string, audience: "api" | "graph") {
  const token = refreshToken?.current() ?? "";
  if (token === "")
    throw new AdapterError("denied", say`No user has signed in yet.`, {
      hint: say`Sign in with partnerctl login.`,
    });
  const scope = audience === "api" ? "user_impersonation" : ".default";
  return { refreshToken: token, scopes: [`${resource}/${scope}`] };
}

async function open(
  signing: Signing,
  trouble: TokenRequest["trouble"],
  signal: AbortSignal,
): Promise<Client> {
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
      networkClient: network(signing, {
        trouble,
        signal,
        pathOf: (url) => (url.startsWith(`${secure}/`) ? url.slice(secure.length) : url),
      }),
      disableInternalRetries: true,
    },
  });
}

function read(result: Result): Token {
  if (result === null || result.accessToken === "")
    throw new AdapterError("denied", say`The authority gave no token.`);
  const { tid, oid, upn, exp, roles, scp } = claims(result.accessToken);
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
    ...(typeof upn === "string" && { name: upn }),
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

function failure(error: unknown, { last }: TokenRequest["trouble"]): Error {
  if (last instanceof NoReply)
    return new AdapterError("unavailable", say`Signing in: ${wordingOf(last)}`);
  if (last) return last;
  const { errorCode = "", errorMessage = "" } = Object(error) as {
    readonly errorCode?: string;
    readonly errorMessage?: string;
  };
  if (errorCode === "") return error instanceof Error ? error : new Error(String(error));
  const refused = say`The authority refused to sign in (${errorCode}): ${reasonIn(errorMessage)}.`;
  return new AdapterError(
    "denied",
    errorCode === "invalid_grant"
      ? say`${refused} A new refresh token is needed in secrets.refreshToken.`
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
