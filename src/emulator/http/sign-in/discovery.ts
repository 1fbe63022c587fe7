import { tenant } from "../../account/seed.ts";
import { refuse } from "../../account/refusal.ts";
import { type Answer, type Exchange, ok } from "../pipeline/route.ts";

/** The sign-in hosts of 21Vianet. */
export const signInHosts: readonly string[] = [
  "login.partner.microsoftonline.cn",
  "login.chinacloudapi.cn",
];

/** Refuses (400) any tenant other than the emulated one. */
export function expectTenant(name: string): void {
  if (name.toLowerCase() !== tenant.id && name.toLowerCase() !== tenant.domain)
    refuse(400, "invalid_request", `AADSTS90002: Tenant '${name}' not found.`);
}

/** The sign-in hosts with their aliases (instance discovery). */
export function instances(exchange: Exchange): Answer {
  const host = new URL(exchange.origin).host;
  return ok({
    tenant_discovery_endpoint: `https://${host}/${tenant.id}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [
      { preferred_network: host, preferred_cache: host, aliases: [host] },
      { preferred_network: signInHosts[0], preferred_cache: signInHosts[0], aliases: signInHosts },
    ],
  });
}

/**
 * The OpenID configuration of the tenant. Its URLs use https: a client that connects over http on
 * this machine has to replace the scheme.
 */
export function configuration(exchange: Exchange, version: "" | "/v2.0"): Answer {
  expectTenant(exchange.parameter("tenant"));
  const base = `https://${new URL(exchange.origin).host}/${exchange.parameter("tenant")}`;
  return ok({
    issuer: `${base}${version}`,
    authorization_endpoint: `${base}/oauth2${version}/authorize`,
    token_endpoint: `${base}/oauth2${version}/token`,
    end_session_endpoint: `${base}/oauth2${version}/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ["code", "id_token"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["HS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
  });
}
