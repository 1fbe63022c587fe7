import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { say } from "../../../model/text/phrase.ts";
import { testPolicies } from "../../../operations/test-policies.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { readPolicyFiles } from "../../project/policies.ts";
import { inProject } from "../../project/workspace.ts";

/** The `partnerctl policy test` command. */
export const policyTestCommand: Command = {
  name: "policy test",
  group: "policy",
  summary: "run the tests that stand in policies, without a backend",
  arguments: [
    {
      name: "path",
      description: "files or folders of policies (default: all)",
      repeated: true,
      values: "file",
    },
  ],
  exits: { 0: "all tests passed", 1: "a test failed, or wrong input" },
  examples: ["partnerctl policy test", "partnerctl policy test policies/orders.yaml --format json"],
  shows: ["policyTests"],
  load: () => import("./test.ts"),
};

/** Runs the tests of policies. */
export async function run(invocation: Invocation): Promise<number> {
  const { words: paths, terminal } = invocation;
  return inProject(invocation, async ({ base, project: { settings } }) => {
    const folder = settings.policies;
    if (paths.length === 0 && !existsSync(join(base, folder)))
      return terminal.refuse("policy/none", say`There is no folder ${folder} with policies.`);
    const wanted =
      paths.length === 0
        ? [folder]
        : paths.map((path) => relative(base, resolve(path)).split(sep).join("/") || ".");
    const read = await readPolicyFiles(base, wanted);
    const tested = read.ok ? await testPolicies(read.value) : read;
    if (!tested.ok) {
      terminal.diagnostics(tested.diagnostics);
      return exitStatus.error;
    }
    terminal.show({ kind: "policyTests", policyTests: tested.value });
    const failed = tested.value.policies.some(({ tests }) => tests.some(({ passed }) => !passed));
    return failed ? exitStatus.error : exitStatus.done;
  });
}
