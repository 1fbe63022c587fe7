// Reads a command line that is still being written.
import type { Command } from "../parse/command.ts";
import type { Argument, Option } from "../parse/option.ts";

/** All that can be typed. */
export interface Surface {
  readonly commands: readonly Command[];
  readonly globalOptions: readonly Option[];
}

/** What is known at the half-written word. */
export interface HalfLine {
  /** The command, once all of its words are there. */
  readonly command: Command | undefined;
  /** The words that name the command, or stand where they should. */
  readonly names: readonly string[];
  /** The options that can be given here. */
  readonly options: readonly Option[];
  /** The option whose value is due. */
  readonly due: Option | undefined;
  /** The positional argument that is due. */
  readonly argument: Argument | undefined;
  /** The values of the options so far, by flag. */
  readonly values: ReadonlyMap<string, string>;
}

/** Reads the whole words that stand before the half-written one. */
export function readHalfLine(words: readonly string[], surface: Surface): HalfLine {
  const values = new Map<string, string>();
  const names: string[] = [];
  let due: Option | undefined;
  // bash takes `--format=json` apart into three words.
  for (const word of words.filter((one) => one !== "=")) {
    if (word.startsWith("-")) {
      const { flag, value } = splitOption(word);
      const option = optionOf(flag, optionsFor(names, surface));
      if (value !== undefined) values.set(flag, value);
      due = option?.value === undefined || value !== undefined ? undefined : option;
    } else if (due !== undefined) {
      values.set(due.flag, word);
      if (due.many !== "following") due = undefined;
    } else if (word !== "help" || names.length > 0) names.push(word);
  }
  const command = commandOf(names, surface);
  return {
    command,
    names,
    options: optionsFor(names, surface),
    due,
    argument: argumentAt(names, command),
    values,
  };
}

/** The flag of a word such as `--format=json`, and the value, where there is one. */
export function splitOption(word: string): { readonly flag: string; readonly value?: string } {
  const at = word.startsWith("--") ? word.indexOf("=") : -1;
  return at < 0 ? { flag: word } : { flag: word.slice(0, at), value: word.slice(at + 1) };
}

/** The option with this flag, spelled out or short. */
export function optionOf(flag: string, options: readonly Option[]): Option | undefined {
  return options.find((one) => one.flag === flag || one.short === flag);
}

function optionsFor(names: readonly string[], surface: Surface): readonly Option[] {
  return [...(commandOf(names, surface)?.options ?? []), ...surface.globalOptions];
}

function commandOf(names: readonly string[], { commands }: Surface): Command | undefined {
  return commands.find(({ name }) => `${names.join(" ")} `.startsWith(`${name} `));
}

function argumentAt(names: readonly string[], command: Command | undefined): Argument | undefined {
  if (command === undefined) return undefined;
  const all = command.arguments ?? [];
  const last = all.at(-1);
  return all[names.length - command.name.split(" ").length] ?? (last?.repeated ? last : undefined);
}
