import { refuse } from "../../account/refusal.ts";

/** How a token is asked for: by `resource` (v1), or by `scope` (v2), which for an application ends in /.default. */
export interface TokenScope {
  readonly version: "v1" | "v2";
  readonly grant: string | undefined;
  readonly resource?: string | undefined;
  readonly scope?: string | undefined;
}

/** The resource a token is asked for; refused in the other version's words, and where nobody here takes it. */
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
    : refuse(400, "invalid_resource", `AADSTS500011: The resource principal named ${named} was not found in the tenant.`);
}

function scoped({ scope, resource, grant }: TokenScope): string | undefined {
  if (resource !== undefined) refuse(400, "invalid_request", "AADSTS901002: The 'resource' request parameter is not supported.");
  const wanted = scope?.split(" ").find((one) => one.includes("/"));
  if (wanted !== undefined && grant === "client_credentials" && !wanted.endsWith("/.default"))
    refuse(
      400,
      "invalid_scope",
      `AADSTS1002012: The provided value for scope ${wanted} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
    );
  return wanted?.replace(/\/(\.default|user_impersonation|[A-Za-z.]+\.All)$/, "");
}

/** The resources tokens are made for. */
export const audiences = {
  partnerCenter: ["https://partner.partnercenterapi.microsoftonline.cn", "https://api.partnercenter.microsoft.com"],
  graph: ["https://microsoftgraph.chinacloudapi.cn", "https://graph.microsoft.com"],
  retired: ["https://graph.chinacloudapi.cn", "https://graph.windows.net"],
} as const;

/** Whether an address is this machine; a token for it is for any of the services here. */
export function isLoopback(address: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(address);
}
