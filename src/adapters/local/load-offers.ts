import type { Spec } from "../../model/values/json.ts";

let loaded: Promise<ReadonlyMap<string, Spec>> | undefined;

/** The sample catalogue, by offer id in capitals; loaded when it is first needed. */
export function loadOffers(): Promise<ReadonlyMap<string, Spec>> {
  loaded ??= import("./rules/offers.ts").then(({ offers }) => offers);
  return loaded;
}
