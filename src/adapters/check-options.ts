import type { OptionsSchema } from "../model/adapter.ts";
import type { Spec } from "../model/values/json.ts";
import { withDefaults } from "../model/values/defaults.ts";
import { say } from "../model/text/say.ts";
import { AdapterUnusable } from "./factory.ts";

/** The options with their defaults, as their schema has them; throws AdapterUnusable (`adapter/options`) with all that is wrong with them. */
export function checkOptions(name: string, given: Spec, { schema, validate }: OptionsSchema): Spec {
  if (validate(given)) return withDefaults(given, schema) as Spec;
  const problems = (validate.errors ?? []).map(({ instancePath, message = "", params }) => {
    const field = params.additionalProperty === undefined ? "" : `/${String(params.additionalProperty)}`;
    return `${instancePath}${field} ${message}`.trim();
  });
  throw new AdapterUnusable("adapter/options", say`adapters.${name} in partnerctl.yaml: ${[...new Set(problems)].join("; ")}`);
}
