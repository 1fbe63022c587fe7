import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/say.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import { NoReply } from "../http/transport.ts";
import { type Msal, network, type Signing, type SignInTrouble } from "./network.ts";
import type { SignIn, Token } from "./tokens.ts";

type Client = InstanceType<Msal["ConfidentialClientApplication"]>;

type Result = Awaited<ReturnType<Client["acquireTokenByClientCredential"]>>;

/** Signs in with MSAL. Fetches user tokens one at a time: each may replace the refresh token. */
export function signIn(signing: Signing): SignIn {
  let opening: Promise<Client> | undefined;
  let userTurn: Promise<unknown> = Promise.resolve();
  const trouble: SignInTrouble = {};

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

async function open(signing: Signing, trouble: SignInTrouble): Promise<Client> {
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

function failure(error: unknown, { last }: SignInTrouble): Error {
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
