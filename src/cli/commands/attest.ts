import { say } from "../../model/say.ts";
import { attest } from "../../operations/attest.ts";
import { actor } from "../actor.ts";
import type { Invocation } from "../command.ts";
import { recorded } from "../exit-status.ts";
import { readPlan } from "../plan-file.ts";
import { inAccount } from "../workspace.ts";

/** Records that a step by hand was done. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [file = "", address = ""] = words;
  const plan = await readPlan(file);
  if (!plan.ok) {
    terminal.diagnostics(plan.diagnostics);
    return recorded(plan.diagnostics);
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
    else terminal.remark(say`Recorded: ${address} was done by hand as the plan showed it.`);
    return recorded(said);
  });
}
