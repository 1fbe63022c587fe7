import { refuse } from "../account/refusal.ts";

/** The resource a token is asked for, in either form; refused where nobody here takes it. */
export function audienceOf({ resource, scope }: { readonly resource?: string; readonly scope?: string }, origin: string): string {
  const named =
    resource ??
    scope
      ?.split(" ")
      .find((one) => one.includes("/") || one.includes("://"))
      ?.replace(/\/(\.default|user_impersonation|[A-Za-z.]+\.All)$/, "");
  if (named === undefined)
    return refuse(400, "invalid_request", "AADSTS900144: The request body must contain the following parameter: 'resource' or 'scope'.");
  const known = [...Object.values(audiences).flat(), origin].some((one) => one === named.replace(/\/$/, ""));
  return known || isLoopback(named)
    ? named.replace(/\/$/, "")
    : refuse(400, "invalid_resource", `AADSTS500011: The resource principal named ${named} was not found in the tenant.`);
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
