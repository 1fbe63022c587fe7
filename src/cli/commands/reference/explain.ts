import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { explainPath } from "../../project/explainers.ts";
import { wrong } from "../../parse/options.ts";

/** `partnerctl explain`, described. */
export const explainCommand: Command = {
  name: "explain",
  group: "reference",
  summary: "describe a kind, a field of it, or a code of a problem",
  arguments: [
    {
      name: "kind.field|code",
      description: "Customer, Customer.billing.address, schema/enum, … (default: all kinds)",
      values: "explained",
    },
  ],
  exits: { 0: "described", 1: wrong },
  examples: [
    "partnerctl explain",
    "partnerctl explain User.recovery",
    "partnerctl explain guard/money",
  ],
  shows: ["reference"],
  load: () => import("./explain.ts"),
};

/** Describes all kinds, a kind or another document, a field of one, or a diagnostic's code. */
export async function run({ words, terminal }: Invocation): Promise<number> {
  const explained = await explainPath(words[0] ?? "");
  if (!explained.ok) {
    terminal.diagnostics(explained.diagnostics);
    return exitStatus.error;
  }
  terminal.show({ kind: "reference", reference: explained.value });
  return exitStatus.done;
}
