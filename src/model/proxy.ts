import { keepSecret } from "./text/secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const ports: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * Returns the proxy for requests to a URL: the value of HTTP_PROXY or HTTPS_PROXY, by the URL's
 * scheme. Undefined if that is not set, or if NO_PROXY lists the host, a domain above it, or *.
 * Lower-case variables take precedence, as in curl. A value without a scheme is taken as http.
 * Returns "unusable" if the value is not the URL of an HTTP or HTTPS proxy. Registers the proxy's
 * password as a secret.
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
