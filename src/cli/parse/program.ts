import { resolve } from "node:path";
import { Argument, Command, Option } from "commander";
import { say } from "../../model/text/say.ts";
import type { Language } from "../../report/language/language.ts";
import type * as data from "./command.ts";
import { commandGroups, families, lastGroup } from "./command-groups.ts";
import { commands } from "../commands/index.ts";
import { exitStatus } from "../output/exit-status.ts";
import type { Flags } from "./flags.ts";
import { localizeParser } from "./help.ts";
import { meantCommands } from "./meant-commands.ts";
import { globalOptions } from "./options.ts";
import { toldCommands, toldOptions } from "./translate-commands.ts";
import { valueParser } from "./value-parser.ts";

/** What every command is made for. */
interface Context {
  readonly version: string;
  readonly language: Language;
  /** Described in that language. */
  readonly commands: readonly data.Command[];
  readonly globalOptions: readonly data.Option[];
}

/** The parser made from the list of commands, in a language; `ended` is told the exit status of the one that ran. */
export function program(version: string, language: Language, ended: (status: number) => void): Command {
  const { told } = language;
  const context = { version, language, commands: toldCommands(commands, language), globalOptions: toldOptions(globalOptions, language) };
  const root = localizeParser(new Command("partnerctl").commandsGroup(lastGroup), language)
    .description(told(say`Keeps a Partner Center account (operated by 21Vianet) the way its YAML manifests say it should be.`))
    .version(version, "-V, --version", told(say`output the version number`))
    .exitOverride()
    .addHelpText(
      "after",
      `\n${told(say`Each command's --help lists its options, its exit statuses and examples. A new project: partnerctl init my-account`)}\n${told(say`Colour is for terminals; NO_COLOR and FORCE_COLOR are honoured.`)}`,
    );
  for (const option of context.globalOptions) root.addOption(parsed(option));
  refuseUnknown(root);
  for (const { title, names } of commandGroups) {
    for (const name of names) {
      const own = context.commands.filter((one) => one.name.split(" ", 1)[0] === name);
      root.addCommand(topLevel(name, own, { context, ended, root }).helpGroup(title));
    }
  }
  return root;
}

interface Making {
  readonly context: Context;
  readonly ended: (status: number) => void;
  readonly root: Command;
}

/** A command, or a group with the commands in it. */
function topLevel(name: string, own: readonly data.Command[], { context, ended, root }: Making): Command {
  const made = own.map((command) => subcommand(command, context, ended).copyInheritedSettings(root));
  const [only] = made;
  if (only !== undefined && own[0]?.name === name) return only;
  const { language } = context;
  const summary = language.told(families[name] ?? "");
  const family = localizeParser(new Command(name), language).copyInheritedSettings(root);
  family
    .description(language.say`${sentence(summary)}.`)
    .summary(summary)
    .commandsGroup(language.told(say`Commands:`));
  refuseUnknown(family);
  for (const command of made) family.addCommand(command);
  return family;
}

/** Names the command that was meant, in whichever group it is. */
function refuseUnknown(parser: Command): void {
  parser.on("command:*", ([word = ""]: readonly string[]) => {
    const meant = meantCommands(
      word,
      commands.map(({ name }) => name),
    );
    const hint = meant.length === 1 ? say`(Did you mean ${meant.join("")}?)` : say`(Did you mean one of ${meant.join(", ")}?)`;
    parser.error([say`error: unknown command '${word}'`, ...(meant.length > 0 ? [hint] : [])].join("\n"));
  });
}

function subcommand(data: data.Command, context: Context, ended: (status: number) => void): Command {
  const { language } = context;
  const command = new Command(data.name.split(" ").at(-1)).description(language.say`${sentence(data.summary)}.`).summary(data.summary);
  for (const argument of data.arguments ?? []) command.addArgument(positional(argument));
  for (const option of data.options ?? []) command.addOption(parsed(option));
  const [exit, examples] = [language.told(say`Exit status:`), language.told(say`Examples:`)];
  command.addHelpText("after", `\n${exit}\n${exits(data)}\n\n${examples}\n${data.examples.map((one) => `  ${one}`).join("\n")}`);
  return command.action(async () => {
    const flags = command.optsWithGlobals<Partial<Flags>>();
    const given: Flags = { ...flags, format: flags.format ?? "text" };
    const asked = [given.format, ...(given.save ?? []).map(({ format }) => format)];
    const subjects = data.shows ?? [];
    const [{ run }, { terminal }, { loadFormats }] = await Promise.all([
      data.load(),
      import("../output/terminal.ts"),
      import("../../report/load.ts"),
    ]);
    const formats = await loadFormats(asked);
    const refused = (why: string): void => {
      terminal({ ...given, format: "text", save: [] }, language).problem(why);
      ended(exitStatus.error);
    };
    if (given.showPersonal && given.maskPersonal) return refused(say`--show-personal and --mask-personal contradict each other: say one.`);
    const both = given.save?.find(({ file }) => given.out !== undefined && resolve(file) === resolve(given.out));
    if (both) return refused(say`--save and --out both write to ${both.file}: give each a file of its own.`);
    const unable = asked.find((name) => subjects.some((subject) => formats.get(name)?.[subject] === undefined));
    if (unable !== undefined && !data.showsOne) {
      const able = (await import("../../report/index.ts")).formatsFor(subjects);
      return refused(say`${data.name} cannot be shown as ${unable}: expected ${able.map(quoted).join(", ")}.`);
    }
    ended(await run({ words: command.args, flags: given, terminal: terminal(given, language, formats), ...context }));
  });
}

function positional(data: data.Argument): Argument {
  const name = data.repeated ? `${data.name}...` : data.name;
  return new Argument(data.required ? `<${name}>` : `[${name}]`, data.description);
}

function parsed(data: data.Option): Option {
  const value = data.value === undefined ? "" : data.many === "following" ? ` <${data.value}...>` : ` <${data.value}>`;
  const option = new Option(`${data.short === undefined ? "" : `${data.short}, `}${data.flag}${value}`, data.description);
  if (data.choices !== undefined) option.choices(data.choices);
  if (data.value === undefined || data.many === "following") return option;
  return option.argParser(valueParser(data));
}

/** A name is quoted, since in other languages `text` is a word too. */
function quoted(name: string): string {
  return `"${name}"`;
}

function exits(data: data.Command): string {
  return Object.entries(data.exits)
    .map(([status, meaning]) => `  ${status}  ${meaning}`)
    .join("\n");
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
