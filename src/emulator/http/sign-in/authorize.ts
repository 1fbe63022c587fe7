import { refuse } from "../../account/refusal.ts";
import type { Quirks } from "../../quirks.ts";
import { audiences, isLoopback } from "./audience.ts";
import type { Api, Route } from "../pipeline/route.ts";
import { type Principal, principalOf, type TokenIssuer } from "./tokens.ts";

/** The Authorization header of a request, its API, and the time in milliseconds. */
export interface AccessClaim {
  readonly authorization: string | undefined;
  readonly api: "partnerCenter" | "graph";
  readonly now: number;
}

/**
 * Returns the principal of a request. Refuses (401) unless it has a token that is valid now and for
 * this API.
 */
export function authorize(
  tokens: TokenIssuer,
  { authorization, api, now }: AccessClaim,
): Principal {
  const [, token] = /^Bearer (.+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) return denied(api, 800001, "The partner token is missing");
  const claims = tokens.verify(token);
  if (claims === undefined || claims.exp * 1000 <= now)
    return denied(api, 400, "Access denied: the token is not valid or has expired");
  if (api === "partnerCenter" && audiences.retired.some((one) => one === claims.aud))
    return denied(api, 900420, "The audience of the token is not supported");
  if (!audiences[api].some((one) => one === claims.aud) && !isLoopback(claims.aud))
    return denied(api, 400, "Access denied: the token is for another audience");
  return principalOf(claims);
}

/** What a principal wants to access. */
export interface Door {
  readonly route: Route;
  readonly api: Api;
  readonly quirks: Quirks;
}

/**
 * Refuses a user without MFA if that quirk is on (401/900421), an application on a route for users
 * only (403/900329), and routes not available at 21Vianet (403/2032).
 */
export function admit({ kind }: Principal, { route, api, quirks }: Door): void {
  if (api === "partnerCenter" && kind === "user" && quirks.withoutMfa)
    refuse(401, 900421, "Access denied: MFA is required for this operation.");
  if (route.userOnly && kind === "app")
    refuse(403, 900329, "The resource doesn't support application-only authentication");
  if (route.beyond21Vianet && !quirks.beyond21Vianet)
    refuse(
      403,
      2032,
      "Access denied: this operation is not available in Partner Center operated by 21Vianet",
    );
}

function denied(api: AccessClaim["api"], code: number, description: string): never {
  return api === "graph"
    ? refuse(401, "InvalidAuthenticationToken", description)
    : refuse(401, code, description);
}
