import { say } from "../../../model/text/say.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { completions } from "../../completion/index.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { wrong } from "../../parse/options.ts";

/** `partnerctl completion`, described. */
export const completionCommand: Command = {
  name: "completion",
  group: "reference",
  summary: "print the completion script of a shell",
  arguments: [{ name: "shell", description: "bash, zsh or fish", required: true, values: ["bash", "zsh", "fish"] }],
  exits: { 0: "printed", 1: wrong },
  examples: ["source <(partnerctl completion bash)", "partnerctl completion fish > ~/.config/fish/completions/partnerctl.fish"],
  load: () => import("./completion.ts"),
};

/** Prints the completion script of a shell. */
export async function run({ words, terminal, commands, globalOptions }: Invocation): Promise<number> {
  const [shell = ""] = words;
  const script = Object.hasOwn(completions, shell) ? completions[shell] : undefined;
  if (script === undefined) {
    const shells = Object.keys(completions);
    const hint = didYouMean(shell, shells, say`There is one for ${shells.join(", ")}.`);
    return terminal.refuse("usage/invalid-value", say`There is no completion for ${shell}.`, hint);
  }
  terminal.result(script(commands, globalOptions));
  return exitStatus.done;
}
