import settings from "../../../schemas/settings.schema.json" with { type: "json" };
import type { JsonSchema } from "../../model/values/json.ts";

/** The schema of the settings file; it refers to those of the adapters' options. */
export const settingsSchema = settings as object as JsonSchema;
