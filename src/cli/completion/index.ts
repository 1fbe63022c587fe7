import type { Command } from "../parse/command.ts";
import type { Option } from "../parse/option.ts";
import { families } from "../parse/command-groups.ts";
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import { zsh } from "./zsh.ts";

type Script = (commands: readonly Command[], globals: readonly Option[]) => string;

/** The completion script of each shell, made from the list of commands. */
export const completions: Readonly<Record<string, Script>> = {
  bash: (commands, globals) => bash(byFirstWord(commands), globals),
  zsh: (commands, globals) => zsh(byFirstWord(commands), globals),
  fish: (commands, globals) => fish(byFirstWord(commands), globals),
};

/** The scripts look at one word: a group is a command whose first argument is one of its commands. */
function byFirstWord(commands: readonly Command[]): readonly Command[] {
  const single = commands.filter(({ name }) => !name.includes(" "));
  const groups = Object.entries(families).flatMap(([family, { summary }]) => {
    const own = commands.filter(({ name }) => name.startsWith(`${family} `));
    const [first] = own;
    if (first === undefined) return [];
    const values = own.map(({ name }) => name.slice(family.length + 1));
    const options = new Map(own.flatMap((command) => (command.options ?? []).map((option) => [option.flag, option])));
    const file = own.some((command) => command.arguments?.some((one) => one.values === "file"));
    const positions = [
      { name: "command", description: summary, values },
      ...(file ? [{ name: "file", description: "", values: "file" as const }] : []),
    ];
    return [{ ...first, name: family, summary, options: [...options.values()], arguments: positions }];
  });
  return [...single, ...groups];
}
