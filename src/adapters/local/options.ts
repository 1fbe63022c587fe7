import schema from "../../../schemas/adapters/local.schema.json" with { type: "json" };
import type { OptionsSchema } from "../../model/adapter.ts";
import type { JsonSchema, Spec } from "../../model/values/json.ts";
import { checkOptions } from "../check-options.ts";
import type { LocalOptions } from "../generated/local-options.ts";
import { local as validate } from "../generated/local-validator.js";

/** What `adapters.local` in partnerctl.yaml may hold. */
export const localOptions: OptionsSchema = { schema: schema as object as JsonSchema, validate };

/** The options with their defaults; throws AdapterUnusable. */
export function readOptions(given: Spec): LocalOptions {
  return checkOptions("local", given, localOptions) as Spec & LocalOptions;
}
