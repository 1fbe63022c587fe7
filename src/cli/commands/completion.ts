import { say } from "../../model/text/say.ts";
import type { Invocation } from "../parse/command.ts";
import { completions } from "../completion/index.ts";
import { exitStatus } from "../output/exit-status.ts";

/** Prints the completion script of a shell. */
export async function run({ words, terminal, commands, globalOptions }: Invocation): Promise<number> {
  const [shell = ""] = words;
  const script = Object.hasOwn(completions, shell) ? completions[shell] : undefined;
  if (script === undefined) {
    terminal.problem(say`No completion for ${shell}: expected ${Object.keys(completions).join(", ")}.`);
    return exitStatus.error;
  }
  terminal.result(script(commands, globalOptions));
  return exitStatus.done;
}
