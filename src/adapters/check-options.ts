import type { OptionsSchema } from "../model/adapter.ts";
import type { Spec } from "../model/values/json.ts";
import { withDefaults } from "../model/values/defaults.ts";
import { say } from "../model/text/phrase.ts";
import { AdapterUnusable } from "./factory.ts";

/**
 * Returns the options with the schema's defaults filled in. Throws AdapterUnusable
 * (`adapter/options`), listing every violation.
 */
export function checkOptions(name: string, given: Spec, { schema, validate }: OptionsSchema): Spec {
  if (validate(given)) return withDefaults(given, schema) as Spec;
  const problems = (validate.errors ?? []).map(({ instancePath, message = "", params }) => {
    const field =
      params.additionalProperty === undefined ? "" : `/${String(params.additionalProperty)}`;
    return `${instancePath}${field} ${message}`.trim();
  });
  throw new AdapterUnusable(
    "adapter/options",
    say`\`adapters.${name}\` in partnerctl.yaml: ${{ sentences: [...new Set(problems)] }}.`,
  );
}
