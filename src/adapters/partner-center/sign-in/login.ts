import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { AdapterContext, Login, LoginDialog } from "../../factory.ts";
import { systemClock } from "../../system-clock.ts";
import { http } from "../http/http.ts";
import { withParsedBodies } from "../http/parsed.ts";
import type { Transport } from "../http/transport.ts";
import { type Options, readOptions } from "../options.ts";
import { withDeviceCode } from "./device-code.ts";
import { listenForCode } from "./redirect.ts";
import { redeemCode, type Signing, scopeOf, signIn } from "./sign-in.ts";
import { signingOf, userToken } from "./signing.ts";

/**
 * Gets a refresh token: with an authorization code that the application redeems (documented for
 * 21Vianet), also with a proof key, or with a device code. Tries it, and keeps it.
 */
export const login: Login = async (given, context, dialog) => {
  const options = readOptions(given, process.env.PARTNERCTL_ALLOWED_HOSTS);
  if (dialog.onlyIfNeeded && !lacksToken(options, context)) return undefined;
  const { clock = systemClock } = context;
  const client = http({ timeout: options.timeoutSeconds * 1000, connections: 2, clock });
  const signing = signingFor(options, context, withParsedBodies(client.send));
  try {
    if (options.login.flow === "device") await withDeviceCode(signing, dialog, clock);
    else await withBrowser(signing, dialog);
    const { tenant, user, name } = await signIn(signing)(
      { audience: "api", as: "user" },
      dialog.signal,
    );
    return { ...(tenant && { tenant }), ...(user && { user }), ...(name && { name }) };
  } finally {
    await client.close();
  }
};

function lacksToken(options: Options, context: AdapterContext): boolean {
  const quiet = { ...context, warn: () => undefined };
  return options.signIns.includes("user") && userToken(options, quiet).current() === "";
}

type UserSigning = Signing & Required<Pick<Signing, "refreshToken">>;

/** A proof key exists only at the v2 endpoint. */
function signingFor(options: Options, context: AdapterContext, send: Transport): UserSigning {
  const version = options.login.flow === "pkce" ? ("v2" as const) : options.tokenEndpoint;
  const own = { ...options, signIns: [], tokenEndpoint: version };
  return { ...signingOf(own, context, send), refreshToken: userToken(options, context) };
}

async function withBrowser(signing: UserSigning, dialog: LoginDialog): Promise<void> {
  const { redirectUri, flow } = signing.options.login;
  const state = randomUUID();
  const codeVerifier = flow === "pkce" ? randomBytes(32).toString("base64url") : undefined;
  const listener = await listenForCode(redirectUri, state);
  try {
    dialog.show(authorizeUrl(signing.options, state, codeVerifier));
    const code = await listener.code(dialog.signal);
    const redemption = { code, redirectUri, ...(codeVerifier && { codeVerifier }) };
    await redeemCode(signing, redemption, dialog.signal);
  } finally {
    listener.close();
  }
}

function authorizeUrl(options: Options, state: string, verifier: string | undefined): string {
  const { authority, tenant, clientId, audiences, tokenEndpoint, login } = options;
  const version = tokenEndpoint === "v1" ? "" : "/v2.0";
  const wanted: Readonly<Record<string, string>> =
    tokenEndpoint === "v1" ? { resource: audiences.api } : { scope: scopeOf(options) };
  const proof = verifier && {
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    response_mode: "query",
    redirect_uri: login.redirectUri,
    state,
    prompt: "select_account",
    ...wanted,
    ...proof,
  });
  return `${authority}/${encodeURIComponent(tenant)}/oauth2${version}/authorize?${query}`;
}
