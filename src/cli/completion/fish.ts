import type { Command } from "../parse/command.ts";
import type { Completion, Option } from "../parse/option.ts";

/** The completion script of fish for these commands. */
export function fish(commands: readonly Command[], globals: readonly Option[]): string {
  const lines = [
    "# fish completion for partnerctl",
    "complete -c partnerctl -f",
    ...commands.map(({ name, summary }) => `complete -c partnerctl -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`),
    ...globals.map((option) => optionLine(option, "")),
    ...commands.flatMap(commandLines),
  ];
  return `${lines.join("\n")}\n`;
}

function commandLines(command: Command): readonly string[] {
  const condition = ` -n '__fish_seen_subcommand_from ${command.name}'`;
  const options = (command.options ?? []).map((option) => optionLine(option, condition));
  const values = (command.arguments ?? []).flatMap((argument) =>
    argument.values === undefined ? [] : [`complete -c partnerctl${condition}${offer(argument.values)}`],
  );
  return [...options, ...new Set(values)];
}

function optionLine(option: Option, condition: string): string {
  const short = option.short === undefined ? "" : ` -s ${option.short.slice(1)}`;
  const value = option.value === undefined ? "" : ` -r${offer(option.choices ?? option.values ?? [])}`;
  return `complete -c partnerctl${condition} -l ${option.flag.slice(2)}${short}${value} -d ${quoted(option.description)}`;
}

function offer(values: Completion): string {
  if (values === "file") return " -F";
  return values.length === 0 ? "" : ` -a ${quoted(values.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
