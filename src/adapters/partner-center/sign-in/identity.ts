import type { Options } from "../options.ts";
import { idOf } from "../reading.ts";
import type { TokenSource } from "./tokens.ts";

/**
 * Returns the tenant id and the signed-in user. If the tenant is configured as a domain name, its
 * id comes from the token.
 */
export function identityOf({ tenant, signIns }: Options, tokens: TokenSource) {
  return async (
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly principal?: string }> => {
    signal.throwIfAborted();
    const as = signIns.includes("user") ? "user" : "app";
    const token = await tokens.get({ audience: "api", as }, signal);
    const id =
      idOf(tenant) !== tenant || isGuid(tenant)
        ? idOf(tenant)
        : (token.tenant ?? tenant.toLowerCase());
    return { id, ...(as === "user" && token.user !== undefined && { principal: token.user }) };
  };
}

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
