import type { Dispatcher } from "undici";
import { proxyFor } from "../../../model/proxy.ts";
import { say } from "../../../model/text/phrase.ts";
import { NoReply } from "./transport.ts";

type Client = typeof import("./undici-client.ts");

/**
 * Connection settings. `timeout`, in milliseconds, applies to the headers and to each gap in a
 * body; `connections` is the number of connections per host.
 */
export interface Connecting {
  readonly timeout: number;
  readonly connections: number;
}

/** The connection pools: direct, or through the proxy that the environment names for a host. */
export interface Connections {
  /** Throws NoReply if the configured proxy is not a valid HTTP proxy address. */
  to(origin: string): { readonly dispatcher: Dispatcher; readonly proxy?: string };
  close(): Promise<void>;
}

/** Creates connection pools on demand: one for direct connections and one for each proxy. */
export function connectionsOf(
  { Agent, ProxyAgent }: Client,
  { timeout, connections }: Connecting,
): Connections {
  const options = { connections, headersTimeout: timeout, bodyTimeout: timeout };
  const pools = new Map<string, Dispatcher>();
  const pool = (name: string, make: () => Dispatcher): Dispatcher => {
    const found = pools.get(name) ?? make();
    pools.set(name, found);
    return found;
  };
  return {
    to(origin) {
      const proxy = proxyFor(new URL(origin), process.env);
      if (proxy === undefined) return { dispatcher: pool("", () => new Agent(options)) };
      if (proxy === "unusable") throw unusable();
      return {
        dispatcher: pool(proxy.href, () => new ProxyAgent({ ...options, uri: proxy.href })),
        proxy: proxy.host,
      };
    },
    async close() {
      await Promise.all([...pools.values()].map((one) => one.close()));
    },
  };
}

function unusable(): NoReply {
  const message = say`HTTP_PROXY or HTTPS_PROXY is no address of an HTTP proxy: expected such as http://proxy.example:8080.`;
  return new NoReply(message, false, { final: true });
}
