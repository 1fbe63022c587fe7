import { say } from "../../model/text/say.ts";
import { AdapterUnusable } from "../factory.ts";

/** Where a cloud is reached, and what its tokens are for. */
export interface Cloud {
  readonly api: string;
  readonly authority: string;
  readonly graph: string;
  /** Which of the authority's token endpoints is documented for it: v1 is asked for a `resource`, v2 for a `scope`. */
  readonly tokenEndpoint: "v1" | "v2";
  /** Another name of the authority. */
  readonly alias: string;
  /** The market offers are listed for, ISO 3166. */
  readonly country: string;
  /** The language texts come in. */
  readonly locale: string;
  /** Whether subscriptions are ordered and changed as here: worldwide they are of new commerce, which has other rules. */
  readonly writesSubscriptions: boolean;
}

/** The clouds there are presets for; the first is the default. */
export const clouds = {
  china: {
    api: "https://partner.partnercenterapi.microsoftonline.cn",
    authority: "https://login.partner.microsoftonline.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
    tokenEndpoint: "v1",
    alias: "https://login.chinacloudapi.cn",
    country: "CN",
    locale: "zh-CN",
    writesSubscriptions: true,
  },
  global: {
    api: "https://api.partnercenter.microsoft.com",
    authority: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com",
    tokenEndpoint: "v2",
    alias: "https://login.windows.net",
    country: "US",
    locale: "en-US",
    writesSubscriptions: false,
  },
} as const satisfies Readonly<Record<string, Cloud>>;

const preset: ReadonlySet<string> = new Set(
  Object.values(clouds).flatMap(({ api, authority, graph, alias }) => [api, authority, graph, alias]),
);

/** The origin of a host that may be sent tokens: a preset one, or one named in PARTNERCTL_ALLOWED_HOSTS (host or host:port, with commas). Throws AdapterUnusable. */
export function trustedOrigin(url: string, field: string, allowed: string | undefined): string {
  const { origin, protocol, hostname, host, pathname } = parsed(url, field);
  if (preset.has(origin)) return origin;
  const at = say`adapters.partner-center.${field} in partnerctl.yaml`;
  if (pathname !== "/") throw unusable(say`${at}: expected a host alone, such as ${clouds.china.api}, without a path`);
  const named = (allowed ?? "").split(",").map((one) => one.trim().toLowerCase());
  if (!named.includes(host) && !named.includes(hostname))
    throw unusable(
      say`${at}: tokens are never sent to ${host}, which is none of the preset hosts`,
      say`where it is meant, set the environment variable PARTNERCTL_ALLOWED_HOSTS=${host}`,
    );
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return origin;
  throw unusable(say`${at}: tokens go over https alone; http is for this machine (127.0.0.1, ::1, localhost)`);
}

function parsed(url: string, field: string): URL {
  try {
    return new URL(url);
  } catch {
    throw unusable(say`adapters.partner-center.${field} in partnerctl.yaml: ${url} is no URL; expected such as ${clouds.china.api}`);
  }
}

function isLoopback(hostname: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === "[::1]" || hostname === "localhost";
}

function unusable(message: string, hint?: string): AdapterUnusable {
  return new AdapterUnusable("adapter/options", message, hint);
}
