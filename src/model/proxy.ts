import { keepSecret } from "./text/secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const ports: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * The proxy that requests to an address go through: what HTTP_PROXY or HTTPS_PROXY says, by the address's scheme, unless NO_PROXY names its
 * host, a domain above it, or *. Small letters come first, as for curl; an address without a scheme is one of http. Undefined for none;
 * "unusable" where it is no address of an HTTP proxy.
 */
export function proxyFor(address: URL, environment: Environment): URL | "unusable" | undefined {
  const given = written(environment, address.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY");
  if (given === "" || isExempt(address, written(environment, "NO_PROXY"))) return undefined;
  const text = given.includes("://") ? given : `http://${given}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (!proxy || proxy.hostname === "" || !(proxy.protocol in ports)) return "unusable";
  keepSecret(decodeURIComponent(proxy.password));
  return proxy;
}

function written(environment: Environment, name: string): string {
  return (environment[name.toLowerCase()] || environment[name] || "").trim();
}

function isExempt({ hostname, port, protocol }: URL, exempt: string): boolean {
  const entries = exempt.toLowerCase().split(/[,\s]+/);
  return entries.some((entry) => {
    const [, host = "", only] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, "")) ?? [];
    if (entry === "" || (only !== undefined && only !== (port || ports[protocol]))) return false;
    return host === "*" || hostname === host || hostname.endsWith(`.${host}`);
  });
}
