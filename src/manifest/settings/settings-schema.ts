import settings from "../../../schemas/settings.schema.json" with { type: "json" };
import type { Settings } from "../../model/generated/settings.ts";
import type { Json, JsonSchema } from "../../model/values/json.ts";
import { valueAt } from "../../model/values/pointer.ts";

/** The schema of the settings file; it refers to those of the adapters' options. */
export const settingsSchema = settings as object as JsonSchema;

/** What a setting is where nobody writes it; undefined where it is nothing then. */
export function defaultSetting(name: keyof Settings): Json | undefined {
  return valueAt(settingsSchema, `/properties/${name}/default`);
}
