import { AdapterError } from "../../../model/adapter.ts";
import type { Probe } from "../../../model/probe.ts";
import { say } from "../../../model/text/phrase.ts";
import { record } from "../../../model/text/recorded.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";
import { acceptReply, type Call } from "../http/client.ts";
import type { Service } from "../kind-adapter.ts";
import { featuredOffersPath } from "./featured-offers.ts";

/**
 * Tries by a reading whether the service has featured offers, also where they are off: they are
 * switched on only after that.
 */
export async function probeFeatured(
  { wire, options }: Service,
  signal: AbortSignal,
): Promise<Probe> {
  const isOn = options.featuredOffers;
  const what = say`Read the featured offers.`;
  const base = { what, token: "app" as const, ...(!isOn && { optional: true as const }) };
  const call: Call = { method: "GET", path: featuredOffersPath, list: true, signal };
  try {
    acceptReply(call, await wire.api(call));
    const hint = say`They are a manual step here; adapters.partner-center.featuredOffers: true reads and writes them.`;
    return { ...base, allowed: true, ...(!isOn && { hint }) };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const hint = isOn
      ? say`Set adapters.partner-center.featuredOffers to false: they then are a manual step.`
      : say`They are a manual step, in the portal under Account settings > Catalog.`;
    return record({ ...base, allowed: false, said: wordingOf(error), hint });
  }
}
