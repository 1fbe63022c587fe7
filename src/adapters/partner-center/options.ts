import type { OptionsSchema } from "../../model/adapter.ts";
import type { Spec } from "../../model/values/json.ts";
import { checkOptions } from "../check-options.ts";
import type { PartnerCenterOptions } from "../generated/partner-center-options.ts";
import { partnerCenter as validate } from "../generated/partner-center-validator.js";
import { hostsOf, optionsSchema, trustedOrigin } from "./clouds.ts";
import type { Access } from "./http/transport.ts";

/** What `adapters.partner-center` in partnerctl.yaml may hold. */
export const partnerCenterOptions: OptionsSchema = { schema: optionsSchema, validate };

/** The options with their defaults, and what follows from them. */
export interface Options extends PartnerCenterOptions {
  /** What the tokens are for: the cloud's own hosts, whatever hosts the requests go to. */
  readonly audiences: Readonly<Record<Access["audience"], string>>;
  /** Whose tokens are used. */
  readonly signIns: readonly Access["as"][];
}

/** The options with their defaults; throws AdapterUnusable, also where a host is none that tokens may be sent to. */
export function readOptions(given: Spec, allowedHosts: string | undefined): Options {
  const options = checkOptions("partner-center", given, partnerCenterOptions) as Spec & PartnerCenterOptions;
  const { cloud, signIn, secrets } = options;
  const origin = (field: "api" | "authority" | "graph") => trustedOrigin(options[field], field, allowedHosts);
  const which = signIn ?? (secrets.refreshToken === undefined ? "app" : "both");
  return {
    ...options,
    api: origin("api"),
    authority: origin("authority"),
    graph: origin("graph"),
    audiences: hostsOf(cloud),
    signIns: which === "both" ? ["app", "user"] : [which],
  };
}
