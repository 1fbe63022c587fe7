import { say } from "../../model/say.ts";
import { settle } from "../../operations/settle.ts";
import { actor } from "../actor.ts";
import type { Invocation } from "../command.ts";
import { exitStatus, recorded } from "../exit-status.ts";
import { inAccount } from "../workspace.ts";

/** Settles a write whose outcome stayed unknown. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [change = ""] = words;
  const { id, didNotHappen } = flags;
  if ((id === undefined) === (didNotHappen === undefined)) {
    terminal.problem(say`Say how it ended: either --id ID (it happened) or --did-not-happen.`);
    return exitStatus.error;
  }
  return inAccount(invocation, async ({ project }, { view, writers }) => {
    const said = await settle(project, view, writers, {
      change,
      actor: actor(flags.actor, process.env),
      ...(id !== undefined && { id }),
      ...(didNotHappen && { didNotHappen }),
    });
    if (said.length > 0) terminal.diagnostics(said);
    else terminal.remark(say`Recorded: ${change} ${didNotHappen ? say`did not happen` : say`happened, as ${id}`}.`);
    return recorded(said);
  });
}
