import { proxyFor } from "../../model/proxy.ts";
import { say } from "../../model/text/phrase.ts";

/** A request to a host's API. */
export interface Sending {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

/**
 * Sends a request like `fetch`, through the proxy that the environment variables name for this URL.
 * Throws Error if the proxy's URL is invalid.
 */
export async function send(url: string, request: Sending): Promise<Response> {
  const proxy = proxyFor(new URL(url), process.env);
  if (proxy === undefined) return fetch(url, request);
  if (proxy === "unusable")
    throw new Error(
      say`HTTP_PROXY or HTTPS_PROXY is no address of an HTTP proxy: expected such as http://proxy.example:8080.`,
    );
  const { fetch: ask, ProxyAgent } = await import("./undici-fetch.ts");
  return ask(url, { ...request, dispatcher: new ProxyAgent(proxy.href) });
}
