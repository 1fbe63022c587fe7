import { resolveSettings } from "../src/manifest/settings/resolve-settings.ts";
import type { Settings } from "../src/model/generated/settings.ts";
import type { WrittenSettings } from "../src/model/generated/written-settings.ts";

/** Settings as the tool reads them where these are written, and nothing else. */
export function settingsWith(written: Partial<WrittenSettings> = {}): Settings {
  return resolveSettings({ apiVersion: "partnercenter/v1", kind: "Settings", ...written });
}
