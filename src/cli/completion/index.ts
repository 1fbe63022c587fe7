import type { Command, Option } from "../parse/command.ts";
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import { zsh } from "./zsh.ts";

/** The completion script of each shell, made from the list of commands. */
export const completions: Readonly<Record<string, (commands: readonly Command[], globals: readonly Option[]) => string>> = {
  bash,
  zsh,
  fish,
};
