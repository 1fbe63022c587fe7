import { say } from "../../../model/text/phrase.ts";
import { attest } from "../../../operations/settle/attest.ts";
import { readPlan } from "../../files/plan-file.ts";
import { statusOf } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { actor } from "../../project/actor.ts";
import { inAccount } from "../../project/workspace.ts";

const options = [
  { flag: "--note", value: "text", description: "a remark for the record" },
] as const satisfies readonly Option[];

/** The `partnerctl ledger attest` command. */
export const ledgerAttestCommand: Command = {
  name: "ledger attest",
  group: "ledger",
  summary: "record that a manual step was done, as that plan showed it",
  arguments: [
    { name: "plan.json", description: "the plan's file", required: true, values: "file" },
    {
      name: "address",
      description: "the object whose step was done",
      required: true,
      values: "address",
    },
  ],
  options,
  exits: { 0: "recorded", 1: wrong, 6: "locked by another run", 7: unreachable },
  examples: ["partnerctl ledger attest plan.json CatalogCustomization"],
  load: () => import("./attest.ts"),
};

/** Records that a manual step was done. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [file = "", address = ""] = words;
  const plan = await readPlan(file);
  if (!plan.ok) {
    terminal.diagnostics(plan.diagnostics);
    return statusOf(plan.diagnostics);
  }
  return inAccount(invocation, async ({ project }, { view, writers }) => {
    const { note } = flags;
    const said = await attest(project, view, writers, {
      plan: plan.value,
      address,
      actor: actor(flags.actor, process.env),
      ...(note !== undefined && { note }),
    });
    if (said.length > 0) terminal.diagnostics(said);
    else terminal.remark(say`Recorded: ${address} was done manually as the plan showed it.`);
    return statusOf(said);
  });
}
