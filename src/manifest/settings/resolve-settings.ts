import type { Settings } from "../../model/generated/settings.ts";
import type { WrittenSettings } from "../../model/generated/written-settings.ts";
import { withDefaults } from "../../model/values/defaults.ts";
import type { Json } from "../../model/values/json.ts";
import { settingsSchema } from "./settings-schema.ts";

/** Adds the schema's defaults to settings. The adapters add defaults of their own options. */
export function resolveSettings({ environments: _patches, ...written }: WrittenSettings): Settings {
  const filled = withDefaults(written as object as Json, settingsSchema) as object as Settings;
  return {
    ...filled,
    credentials: { ...filled.credentials, type: credentialsType(written, filled) },
  };
}

/**
 * Default: credentials are stored in Git if the ledger is and no folder is set, else in a folder.
 */
function credentialsType(
  { credentials = {} }: WrittenSettings,
  { ledger }: Settings,
): Settings["credentials"]["type"] {
  return (
    credentials.type ??
    (ledger.type === "git" && credentials.folder === undefined ? "git" : "folder")
  );
}
