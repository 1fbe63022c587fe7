import { existsSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { defaultSetting } from "../../manifest/settings/settings-schema.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { JsonSchema } from "../../model/values/json.ts";
import type { Policies } from "../../model/policy.ts";
import { readManifests } from "../../store/files/files.ts";

/** Reads the policies in the folder the settings name, when they are first asked for; undefined where they name none and the usual one is not there. */
export function policiesIn(base: string, settings: Settings): (() => Promise<Checked<Policies>>) | undefined {
  if (settings.policies === defaultSetting("policies") && !existsSync(join(base, settings.policies))) return undefined;
  let read: Promise<Checked<Policies>> | undefined;
  return () => {
    read ??= readPolicyFiles(base, [settings.policies]);
    return read;
  };
}

/** Reads the policies in these files and folders, which are inside the project's. */
export async function readPolicyFiles(base: string, paths: readonly string[]): Promise<Checked<Policies>> {
  // Patterns can then be asked to match in linear time; one that backtracks without end could stand still.
  setFlagsFromString("--enable-experimental-regexp-engine");
  const sources = readManifests(base, paths);
  if (!sources.ok) return sources;
  const [{ readPolicies }, judges, policy, suppression] = await Promise.all([
    import("../../manifest/settings/policies.ts"),
    import("../../kinds/generated/policy-validators.js"),
    import("../../../schemas/policy.schema.json", { with: { type: "json" } }),
    import("../../../schemas/suppression.schema.json", { with: { type: "json" } }),
  ]);
  return readPolicies(sources.value, {
    Policy: { validate: judges.policy, schema: policy.default as object as JsonSchema },
    Suppression: { validate: judges.suppression, schema: suppression.default as object as JsonSchema },
  });
}
