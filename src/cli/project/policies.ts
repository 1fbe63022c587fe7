import { existsSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { defaultSetting } from "../../manifest/settings/settings-schema.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { JsonSchema } from "../../model/values/json.ts";
import type { Policies } from "../../model/policy.ts";
import { readManifests } from "../../store/files/files.ts";

/**
 * Returns a function that reads the policies once, on first use. Undefined if the settings name no
 * folder and the default one does not exist.
 */
export function policiesIn(
  base: string,
  settings: Settings,
): (() => Promise<Checked<Policies>>) | undefined {
  if (
    settings.policies === defaultSetting("policies") &&
    !existsSync(join(base, settings.policies))
  )
    return undefined;
  let read: Promise<Checked<Policies>> | undefined;
  return () => {
    read ??= readPolicyFiles(base, [settings.policies]);
    return read;
  };
}

/** Reads the policies in files and folders inside the project. */
export async function readPolicyFiles(
  base: string,
  paths: readonly string[],
): Promise<Checked<Policies>> {
  // Enables regular expressions that match in linear time. Others could backtrack without end.
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
    Suppression: {
      validate: judges.suppression,
      schema: suppression.default as object as JsonSchema,
    },
  });
}
