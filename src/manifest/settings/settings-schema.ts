import settings from "../../../schemas/settings.schema.json" with { type: "json" };
import type { Settings } from "../../model/generated/settings.ts";
import type { Json, JsonSchema } from "../../model/values/json.ts";
import { valueAt } from "../../model/values/pointer.ts";

/** The schema of the settings file. It references the schemas of adapter options. */
export const settingsSchema = settings as object as JsonSchema;

/** The default of a setting; undefined if it has none. */
export function defaultSetting(name: keyof Settings): Json | undefined {
  return valueAt(settingsSchema, `/properties/${name}/default`);
}
