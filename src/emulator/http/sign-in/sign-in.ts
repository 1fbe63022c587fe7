import { refuse } from "../../account/refusal.ts";
import { firstRefreshToken, tenant } from "../../account/seed.ts";
import type { Emulation } from "../../runtime.ts";
import { type Answer, type Exchange, ok, type Route } from "../pipeline/route.ts";
import { deviceGrant, expectApplication, form, type Form } from "./application.ts";
import { audienceOf, audiences } from "./audience.ts";
import { deviceForm, expectCode, expectDeviceCode, giveConsent, giveDeviceCode } from "./codes.ts";
import { configuration, expectTenant, instances } from "./discovery.ts";

const life = 3600;

/** The token endpoints (v1 and v2), discovery, and consent, which is granted without asking. */
export function signInRoutes(emulation: Emulation): readonly Route[] {
  const token: Route["handle"] = (exchange) => tokenFor(exchange, emulation);
  const consent: Route["handle"] = (exchange) => giveConsent(exchange, emulation);
  return [
    { method: "POST", path: "/:tenant/oauth2/token", body: form, handle: token },
    { method: "POST", path: "/:tenant/oauth2/v2.0/token", body: form, handle: token },
    { method: "GET", path: "/:tenant/oauth2/authorize", handle: consent },
    { method: "GET", path: "/:tenant/oauth2/v2.0/authorize", handle: consent },
    {
      method: "POST",
      path: "/:tenant/oauth2/v2.0/devicecode",
      body: deviceForm,
      handle: (exchange) => giveDeviceCode(exchange, emulation),
    },
    { method: "GET", path: "/common/discovery/instance", handle: instances },
    {
      method: "GET",
      path: "/:tenant/.well-known/openid-configuration",
      handle: (exchange) => configuration(exchange, ""),
    },
    {
      method: "GET",
      path: "/:tenant/v2.0/.well-known/openid-configuration",
      handle: (exchange) => configuration(exchange, "/v2.0"),
    },
    { method: "GET", path: "/:tenant/discovery/v2.0/keys", handle: () => ok({ keys: [] }) },
  ];
}

function tokenFor(exchange: Exchange, emulation: Emulation): Answer {
  const body = exchange.body as Form;
  expectTenant(exchange.parameter("tenant"));
  expectApplication(exchange, emulation);
  const version = versionOf(exchange);
  const { grant_type: grant, resource, scope } = body;
  const audience = audienceOf({ version, grant, resource, scope }, exchange.origin);
  switch (grant) {
    case "client_credentials":
      return ok(
        response(exchange, emulation, {
          audience,
          claims: { idtyp: "app", ...rightsFor(audience) },
        }),
      );
    case "refresh_token":
      return ok(
        userResponse(exchange, emulation, { audience, refreshToken: body.refresh_token ?? "" }),
      );
    case "authorization_code":
      expectCode(exchange, emulation);
      return ok(
        userResponse(exchange, emulation, {
          audience,
          refreshToken: firstRefreshToken,
          anew: true,
        }),
      );
    case deviceGrant:
      expectDeviceCode(exchange, emulation);
      return ok(
        userResponse(exchange, emulation, {
          audience,
          refreshToken: firstRefreshToken,
          anew: true,
        }),
      );
    case "password":
      return refuse(
        400,
        "invalid_grant",
        "AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication.",
      );
    default:
      return refuse(
        400,
        "unsupported_grant_type",
        `AADSTS70003: The app requested an unsupported grant type '${grant}'.`,
      );
  }
}

interface UserGrant {
  readonly audience: string;
  /** A token of the user who signs in. */
  readonly refreshToken: string;
  /** The user signs in anew, and does not need a token that is still valid. */
  readonly anew?: boolean;
}

function userResponse(
  exchange: Exchange,
  emulation: Emulation,
  { audience, refreshToken, anew = false }: UserGrant,
): object {
  const { userId, userPrincipalName, replacement } = exchange.write((transaction) => {
    const held = transaction.get("refreshTokens", refreshToken);
    const found =
      held === undefined || (held.revoked && !anew)
        ? undefined
        : transaction.get("users", held.userId);
    if (found === undefined || found.deletedAt !== undefined)
      return refuse(
        400,
        "invalid_grant",
        "AADSTS70008: The provided authorization code or refresh token has expired or is not valid.",
      );
    const replacement = transaction.secret(`refresh token ${transaction.newId()}`);
    transaction.put("refreshTokens", replacement, { userId: found.id });
    if (exchange.quirks.oneTimeRefreshTokens && !anew)
      transaction.put("refreshTokens", refreshToken, { userId: found.id, revoked: true });
    return { userId: found.id, userPrincipalName: found.userPrincipalName, replacement };
  });
  const claims = { oid: userId, upn: userPrincipalName, scp: "user_impersonation" };
  const { applicationId = "" } = { applicationId: (exchange.body as Form).client_id };
  const identity = {
    aud: applicationId,
    oid: userId,
    tid: tenant.id,
    preferred_username: userPrincipalName,
    sub: userId,
    ver: "2.0",
    ...times(exchange, emulation),
  };
  return {
    ...response(exchange, emulation, { audience, claims }),
    scope: versionOf(exchange) === "v2" ? `${audience}/user_impersonation` : "user_impersonation",
    refresh_token: replacement,
    id_token: emulation.tokens.sign(identity),
    ...(versionOf(exchange) === "v2" && {
      client_info: Buffer.from(JSON.stringify({ uid: userId, utid: tenant.id })).toString(
        "base64url",
      ),
    }),
  };
}

function response(
  exchange: Exchange,
  emulation: Emulation,
  { audience, claims }: { readonly audience: string; readonly claims: object },
): object {
  const { iss, iat, nbf, exp } = times(exchange, emulation);
  const { client_id: appid } = exchange.body as Form;
  const access_token = emulation.tokens.sign({
    aud: audience,
    iss,
    tid: tenant.id,
    appid,
    iat,
    nbf,
    exp,
    ...claims,
  });
  if (versionOf(exchange) === "v2")
    return { token_type: "Bearer", expires_in: life, ext_expires_in: life, access_token };
  const lasts = {
    expires_in: String(life),
    ext_expires_in: String(life),
    expires_on: String(exp),
    not_before: String(nbf),
  };
  return { token_type: "Bearer", ...lasts, resource: audience, access_token };
}

/** The Graph permissions that the documents require of an application. */
const directoryRights = [
  "User.ReadWrite.All",
  "GroupMember.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
];

function rightsFor(audience: string): { readonly roles?: readonly string[] } {
  return audiences.graph.some((one) => one === audience) ? { roles: directoryRights } : {};
}

function versionOf({ path }: Exchange): "v1" | "v2" {
  return path.includes("/v2.0/") ? "v2" : "v1";
}

function times(
  { now }: Exchange,
  _: Emulation,
): { readonly iss: string; readonly iat: number; readonly nbf: number; readonly exp: number } {
  const iat = Math.floor(now / 1000);
  return { iss: `https://sts.chinacloudapi.cn/${tenant.id}/`, iat, nbf: iat, exp: iat + life };
}
