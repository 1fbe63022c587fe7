import type { Language } from "../../report/language/language.ts";
import type { Command } from "./command.ts";
import type { Argument, Option } from "./option.ts";

/** The commands with all their descriptions translated. */
export function toldCommands(commands: readonly Command[], language: Language): readonly Command[] {
  return commands.map((command) => ({
    ...command,
    summary: language.told(command.summary),
    exits: Object.fromEntries(
      Object.entries(command.exits).map(([status, meaning]) => [status, language.told(meaning)]),
    ),
    ...(command.arguments && { arguments: command.arguments.map((one) => told(one, language)) }),
    ...(command.options && { options: toldOptions(command.options, language) }),
  }));
}

/** The options with their descriptions translated. */
export function toldOptions(options: readonly Option[], language: Language): readonly Option[] {
  return options.map((one) => told(one, language));
}

function told<T extends Argument | Option>(one: T, language: Language): T {
  return { ...one, description: language.told(one.description) };
}
