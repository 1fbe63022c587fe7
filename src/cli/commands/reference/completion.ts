import { say } from "../../../model/text/phrase.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import { scripts } from "../../completion/scripts.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { wrong } from "../../parse/options.ts";

/** `partnerctl completion`, described. */
export const completionCommand: Command = {
  name: "completion",
  group: "reference",
  summary: "print the completion script of a shell",
  arguments: [
    {
      name: "shell",
      description: "bash, zsh, fish or powershell",
      required: true,
      values: ["bash", "zsh", "fish", "powershell"],
    },
  ],
  exits: { 0: "printed", 1: wrong },
  examples: [
    "source <(partnerctl completion bash)",
    "partnerctl completion fish > ~/.config/fish/completions/partnerctl.fish",
    "partnerctl completion powershell >> $PROFILE",
  ],
  load: () => import("./completion.ts"),
};

/** Prints the completion script of a shell. */
export async function run({ words, terminal }: Invocation): Promise<number> {
  const [shell = ""] = words;
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script === undefined) {
    const shells = Object.keys(scripts);
    const hint = didYouMean(shell, shells, say`There is one for ${{ list: shells }}.`);
    return terminal.refuse("usage/invalid-value", say`There is no completion for ${shell}.`, hint);
  }
  terminal.result(script);
  return exitStatus.done;
}
