import type { Checked } from "../model/diagnostic.ts";
import type { Policies, PolicyTests } from "../model/policy.ts";

/** Runs the policies' own tests. Needs neither manifests nor an account. */
export async function testPolicies(policies: Policies): Promise<Checked<PolicyTests>> {
  const { compilePolicies } = await import("../policy/compile.ts");
  const { runPolicyTests } = await import("../policy/run-tests.ts");
  const book = compilePolicies(policies);
  return book.ok ? { ...book, value: runPolicyTests(book.value) } : book;
}
