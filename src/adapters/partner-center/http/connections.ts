import type { Dispatcher } from "undici";
import { proxyFor } from "../../../model/proxy.ts";
import { say } from "../../../model/text/say.ts";
import { NoReply } from "./transport.ts";

type Client = typeof import("./undici-client.ts");

/** How connections are kept; `timeout` is in milliseconds, for the headers and between two pieces of a body. */
export interface Connecting {
  readonly timeout: number;
  readonly connections: number;
}

/** The connections of one run: straight to a host, or through the proxy that the environment names for it. */
export interface Connections {
  /** Throws NoReply where what is named is no proxy. */
  to(origin: string): { readonly dispatcher: Dispatcher; readonly proxy?: string };
  close(): Promise<void>;
}

/** Connections are made when they are first needed, one pool for each proxy. */
export function connectionsOf({ Agent, ProxyAgent }: Client, { timeout, connections }: Connecting): Connections {
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
      return { dispatcher: pool(proxy.href, () => new ProxyAgent({ ...options, uri: proxy.href })), proxy: proxy.host };
    },
    async close() {
      await Promise.all([...pools.values()].map((one) => one.close()));
    },
  };
}

function unusable(): NoReply {
  const message = say`HTTP_PROXY or HTTPS_PROXY is no address of an HTTP proxy: expected such as http://proxy.example:8080`;
  return new NoReply(message, false, { final: true });
}
