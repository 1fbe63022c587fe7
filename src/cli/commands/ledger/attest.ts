import { say } from "../../../model/text/say.ts";
import { attest } from "../../../operations/settle/attest.ts";
import { actor } from "../../project/actor.ts";
import type { Invocation } from "../../parse/command.ts";
import { recordedStatus } from "../../output/exit-status.ts";
import { readPlan } from "../../files/plan-file.ts";
import { inAccount } from "../../project/workspace.ts";

/** Records that a manual step was done. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [file = "", address = ""] = words;
  const plan = await readPlan(file);
  if (!plan.ok) {
    terminal.diagnostics(plan.diagnostics);
    return recordedStatus(plan.diagnostics);
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
    return recordedStatus(said);
  });
}
