import schema from "../../../schemas/adapters/local.schema.json" with { type: "json" };
import type { OptionsSchema } from "../../model/adapter.ts";
import type { JsonSchema, Spec } from "../../model/values/json.ts";
import { checkOptions } from "../check-options.ts";
import type { LocalOptions } from "../generated/local-options.ts";
import { local as validate } from "../generated/local-validator.js";

/** The schema and validator of `adapters.local` in partnerctl.yaml. */
export const localOptions: OptionsSchema = { schema: schema as object as JsonSchema, validate };

/** The options with defaults. Throws AdapterUnusable (`adapter/options`) if they are invalid. */
export function readOptions(given: Spec): LocalOptions {
  return checkOptions("local", given, localOptions) as Spec & LocalOptions;
}
