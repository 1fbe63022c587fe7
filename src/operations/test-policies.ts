import type { Checked } from "../model/diagnostic.ts";
import type { Policies, PolicyTests } from "../model/policy.ts";

/** Runs the tests that stand in policies; nothing of manifests or accounts is looked at. */
export async function rehearsePolicies(policies: Policies): Promise<Checked<PolicyTests>> {
  const { compilePolicies } = await import("../policy/compile.ts");
  const { rehearse } = await import("../policy/rehearse.ts");
  const book = compilePolicies(policies);
  return book.ok ? { ...book, value: rehearse(book.value) } : book;
}
