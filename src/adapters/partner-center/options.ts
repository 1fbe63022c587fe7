import type { OptionsSchema } from "../../model/adapter.ts";
import type { Spec } from "../../model/values/json.ts";
import { say } from "../../model/text/phrase.ts";
import { checkOptions } from "../check-options.ts";
import { AdapterUnusable } from "../factory.ts";
import type { PartnerCenterOptions } from "../generated/partner-center-options.ts";
import { partnerCenter as validate } from "../generated/partner-center-validator.js";
import { hostsOf, optionsSchema, trustedOrigin } from "./clouds.ts";
import type { Access } from "./http/transport.ts";

/** The schema and validator of `adapters.partner-center` in partnerctl.yaml. */
export const partnerCenterOptions: OptionsSchema = { schema: optionsSchema, validate };

/** The options with defaults, and values derived from them. */
export interface Options extends Omit<PartnerCenterOptions, "secrets"> {
  /** What files and commands gave, too. */
  readonly secrets: { readonly [K in keyof PartnerCenterOptions["secrets"]]: string };
  /**
   * The resources that tokens are requested for: always the cloud's default hosts, even if requests
   * go to other hosts.
   */
  readonly audiences: Readonly<Record<Access["audience"], string>>;
  /** The configured sign-ins: application, user or both. */
  readonly signIns: readonly Access["as"][];
}

/**
 * The options with defaults. Throws AdapterUnusable if they are invalid or name a host that must
 * not receive tokens.
 */
export function readOptions(given: Spec, allowedHosts: string | undefined): Options {
  const options = checkOptions("partner-center", given, partnerCenterOptions) as Spec &
    PartnerCenterOptions;
  const { cloud, signIn } = options;
  const secrets = readSecrets(options.secrets);
  const origin = (field: "api" | "authority" | "graph") =>
    trustedOrigin(options[field], field, allowedHosts);
  const which = signIn ?? (secrets.refreshToken === undefined ? "app" : "both");
  return {
    ...options,
    secrets,
    api: origin("api"),
    authority: origin("authority"),
    graph: origin("graph"),
    audiences: hostsOf(cloud),
    signIns: which === "both" ? ["app", "user"] : [which],
  };
}

/** Whoever opens the adapter has to read the files and run the commands that hold secrets. */
function readSecrets(secrets: PartnerCenterOptions["secrets"]): Options["secrets"] {
  const [unread] = Object.entries(secrets).find(([, value]) => typeof value !== "string") ?? [];
  if (unread === undefined) return secrets as Options["secrets"];
  throw new AdapterUnusable(
    "adapter/options",
    say`\`adapters.partner-center\`: secrets.${unread} must be a text where the adapter is opened.`,
  );
}
