import type { Command } from "../../parse/command.ts";

/** The commands about policies. */
export const policyCommands: readonly Command[] = [
  {
    name: "policy test",
    summary: "run the tests that stand in policies, without a backend",
    arguments: [{ name: "path", description: "files or folders of policies (default: all)", repeated: true, values: "file" }],
    exits: { 0: "all tests passed", 1: "a test failed, or wrong input" },
    examples: ["partnerctl policy test", "partnerctl policy test policies/orders.yaml --format json"],
    shows: ["policyTests"],
    load: () => import("../policy-test.ts"),
  },
];
