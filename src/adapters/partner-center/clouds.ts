import schema from "../../../schemas/adapters/partner-center.schema.json" with { type: "json" };
import { withDefaults } from "../../model/values/defaults.ts";
import type { JsonSchema } from "../../model/values/json.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { AdapterUnusable } from "../factory.ts";
import type { PartnerCenterOptions } from "../generated/partner-center-options.ts";

/** The JSON Schema of the options. It also holds the default hosts of each cloud. */
export const optionsSchema = schema as object as JsonSchema;

type Hosts = Pick<PartnerCenterOptions, "api" | "authority" | "graph">;

/** The default hosts of a cloud. */
export function hostsOf(cloud: PartnerCenterOptions["cloud"]): Hosts {
  return withDefaults({ cloud }, optionsSchema) as unknown as Hosts;
}

/** Alternative names of the authorities. */
const aliases = ["https://login.chinacloudapi.cn", "https://login.windows.net"];

const preset: ReadonlySet<string> = new Set([
  ...(["china", "global"] as const).flatMap((cloud) => {
    const { api, authority, graph } = hostsOf(cloud);
    return [api, authority, graph];
  }),
  ...aliases,
]);

const example = hostsOf("china").api;

/**
 * Returns the origin of a URL that tokens may be sent to: a preset host, or one listed in
 * PARTNERCTL_ALLOWED_HOSTS (comma-separated host or host:port). Throws AdapterUnusable for other
 * hosts, and for http unless the host is a loopback address.
 */
export function trustedOrigin(url: string, field: string, allowed: string | undefined): string {
  const { origin, protocol, hostname, host } = parsed(url, field);
  if (preset.has(origin)) return origin;
  const at = say`\`adapters.partner-center.${field}\` in partnerctl.yaml`;
  const named = (allowed ?? "").split(",").map((one) => one.trim().toLowerCase());
  if (!named.includes(host) && !named.includes(hostname))
    throw unusable(
      say`${at}: tokens are never sent to ${host}, which is none of the preset hosts.`,
      say`Where it is meant, set the environment variable \`PARTNERCTL_ALLOWED_HOSTS=${host}\`.`,
    );
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return origin;
  throw unusable(
    say`${at}: tokens go over https alone; http is for this machine (127.0.0.1, ::1, localhost).`,
  );
}

function parsed(url: string, field: string): URL {
  try {
    return new URL(url);
  } catch {
    throw unusable(
      say`\`adapters.partner-center.${field}\` in partnerctl.yaml: ${url} is no URL; expected such as ${example}.`,
    );
  }
}

function isLoopback(hostname: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === "[::1]" || hostname === "localhost";
}

function unusable(message: Wording, hint?: Wording): AdapterUnusable {
  return new AdapterUnusable("adapter/options", message, hint);
}
