import type { Checked } from "../../model/diagnostic.ts";
import { digest } from "../../model/values/digest.ts";
import { readPolicing } from "./policy.ts";
import type { Project } from "./project.ts";
import { validate } from "./validate.ts";

/**
 * The key under which plans of these manifests, settings and policies are published: 16 hexadecimal
 * digits, the same in every checkout.
 */
export async function planKey(project: Project): Promise<Checked<string>> {
  const desired = await validate(project);
  if (!desired.ok) return desired;
  const policies = await readPolicing(project);
  if (!policies.ok) return policies;
  const basis = {
    manifests: desired.value.digest,
    settings: project.settingsDigest,
    policies: policies.value?.digest ?? "",
  };
  return { ok: true, value: digest(basis).slice("sha256:".length).slice(0, 16), diagnostics: [] };
}
