import { refuse } from "../../account/refusal.ts";

/**
 * A token request: v1 names a `resource`, v2 a `scope`. An application's scope ends with /.default.
 */
export interface TokenScope {
  readonly version: "v1" | "v2";
  readonly grant: string | undefined;
  readonly resource?: string | undefined;
  readonly scope?: string | undefined;
}

/**
 * Returns the resource that a token is requested for. Refuses (400) a request that lacks the
 * parameter of its version or names an unknown resource.
 */
export function audienceOf(asking: TokenScope, origin: string): string {
  const named = (asking.version === "v1" ? asking.resource : scoped(asking))?.replace(/\/$/, "");
  if (named === undefined)
    return refuse(
      400,
      "invalid_request",
      `AADSTS900144: The request body must contain the following parameter: '${asking.version === "v1" ? "resource" : "scope"}'.`,
    );
  const known = [...Object.values(audiences).flat(), origin].some((one) => one === named);
  return known || isLoopback(named)
    ? named
    : refuse(
        400,
        "invalid_resource",
        `AADSTS500011: The resource principal named ${named} was not found in the tenant.`,
      );
}

function scoped({ scope, resource, grant }: TokenScope): string | undefined {
  if (resource !== undefined)
    refuse(
      400,
      "invalid_request",
      "AADSTS901002: The 'resource' request parameter is not supported.",
    );
  const wanted = scope?.split(" ").find((one) => one.includes("/"));
  if (wanted !== undefined && grant === "client_credentials" && !wanted.endsWith("/.default"))
    refuse(
      400,
      "invalid_scope",
      `AADSTS1002012: The provided value for scope ${wanted} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
    );
  return wanted?.replace(/\/(\.default|user_impersonation|[A-Za-z.]+\.All)$/, "");
}

/** The resources that tokens are issued for. No API accepts a token for a retired one. */
export const audiences = {
  partnerCenter: [
    "https://partner.partnercenterapi.microsoftonline.cn",
    "https://api.partnercenter.microsoft.com",
  ],
  graph: ["https://microsoftgraph.chinacloudapi.cn", "https://graph.microsoft.com"],
  retired: ["https://graph.chinacloudapi.cn", "https://graph.windows.net"],
} as const;

/** Whether a URL is on this machine. A token for it is valid for all APIs of the emulator. */
export function isLoopback(address: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(address);
}
