import type { Spec } from "../../model/values/json.ts";

let loaded: Promise<ReadonlyMap<string, Spec>> | undefined;

/** Loads the sample catalogue on first use, by offer id in upper case. */
export function loadOffers(): Promise<ReadonlyMap<string, Spec>> {
  loaded ??= import("./rules/offers.ts").then(({ offers }) => offers);
  return loaded;
}
