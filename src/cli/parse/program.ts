import { Argument, Command, Option } from "commander";
import { say } from "../../model/text/phrase.ts";
import { oneOf } from "../../model/text/similar.ts";
import type { Language } from "../../report/language/language.ts";
import { commands } from "../commands/index.ts";
import { widthOf } from "../output/width.ts";
import type * as command from "./command.ts";
import { families, headings } from "./command-groups.ts";
import { globalGroup, localizeParser } from "./help.ts";
import { formatItem, wrapWords } from "./help-layout.ts";
import { meantCommands } from "./meant-commands.ts";
import type * as option from "./option.ts";
import { globalOptions } from "./options.ts";
import { UsageRefused } from "./parser-error.ts";
import { type Context, runCommand } from "./run-command.ts";
import { toldCommands, toldOptions } from "./translate-commands.ts";
import { valueParser } from "./value-parser.ts";

const more = say`Each command's --help lists its options, its exit statuses and examples. A new project: partnerctl init my-account`;

/**
 * Builds the parser for all commands in a language. `ended` receives the exit status of the command
 * that ran.
 */
export function program(
  version: string,
  language: Language,
  ended: (status: number) => void,
): Command {
  const { told } = language;
  const context = { version, language };
  const root = localizeParser(new Command("partnerctl").commandsGroup(headings.reference), language)
    .description(
      told(
        say`Keeps a Partner Center account (operated by 21Vianet) the way its YAML manifests say it should be.`,
      ),
    )
    .version(version, "-V, --version", told(say`output the version number`))
    .exitOverride()
    .addHelpText(
      "after",
      () => `\n${wrapWords(told(more), widthOf(process.stdout))}\n${globals(language)}`,
    );
  for (const one of toldOptions(globalOptions, language))
    root.addOption(parsed(one).helpGroup(globalGroup));
  refuseUnknown(root);
  const making = { context, all: toldCommands(commands, language), ended, root };
  for (const [heading, title] of Object.entries(headings))
    for (const made of [...commandsIn(heading, making), ...familiesIn(heading, making)])
      root.addCommand(made.helpGroup(title));
  return root;
}

interface Making {
  readonly context: Context;
  readonly all: readonly command.Command[];
  readonly ended: (status: number) => void;
  readonly root: Command;
}

function commandsIn(group: string, { context, all, ended, root }: Making): readonly Command[] {
  const own = all.filter((one) => one.group === group);
  return own.map((one) => subcommand(one, context, ended).copyInheritedSettings(root));
}

/** The text of `partnerctl help options`. */
export function optionsHelp(language: Language): string {
  const made = localizeParser(new Command("partnerctl"), language)
    .helpOption(false)
    .usage(language.told(say`COMMAND [options]`));
  for (const one of toldOptions(globalOptions, language)) made.addOption(parsed(one));
  return made.description(language.told(say`Options that every command takes.`)).helpInformation();
}

function globals({ told }: Language): string {
  return wrapWords(
    told(say`partnerctl help options lists the options that every command takes.`),
    widthOf(process.stdout),
  );
}

/** The command groups under a heading. */
function familiesIn(heading: string, making: Making): readonly Command[] {
  const { language } = making.context;
  return Object.entries(families)
    .filter(([, family]) => family.heading === heading)
    .map(([word, { summary }]) => {
      const family = localizeParser(new Command(word), language).copyInheritedSettings(making.root);
      family
        .description(language.say`${sentence(language.told(summary))}.`)
        .summary(language.told(summary));
      family.commandsGroup(language.told(say`Commands:`));
      refuseUnknown(family);
      for (const one of commandsIn(word, making)) family.addCommand(one);
      return family;
    });
}

/** Reports an unknown command and suggests similar ones from all groups. */
function refuseUnknown(parser: Command): void {
  parser.on("command:*", ([word = ""]: readonly string[]) => {
    const meant = meantCommands(
      word,
      commands.map(({ name }) => name),
    );
    const hint = meant.length > 0 ? oneOf(meant) : undefined;
    throw new UsageRefused("usage/unknown-command", say`There is no command ${word}.`, hint);
  });
}

function subcommand(
  data: command.Command,
  context: Context,
  ended: (status: number) => void,
): Command {
  const { language } = context;
  const made = new Command(data.name.split(" ").at(-1))
    .description(language.say`${sentence(data.summary)}.`)
    .summary(data.summary);
  for (const argument of data.arguments ?? []) made.addArgument(positional(argument));
  for (const one of data.options ?? []) made.addOption(parsed(one));
  const [exit, examples] = [language.told(say`Exit status:`), language.told(say`Examples:`)];
  const below = [
    [exit, exits(data)],
    [examples, ...data.examples.map((one) => `  ${one}`)],
    [globals(language)],
  ];
  made.addHelpText("after", `\n${below.map((lines) => lines.join("\n")).join("\n\n")}`);
  return made.action(async () =>
    ended(await runCommand(data, context, { words: made.args, flags: made.optsWithGlobals() })),
  );
}

function positional(data: option.Argument): Argument {
  const name = data.repeated ? `${data.name}...` : data.name;
  return new Argument(data.required ? `<${name}>` : `[${name}]`, data.description);
}

function parsed(data: option.Option): Option {
  const value =
    data.value === undefined
      ? ""
      : data.many === "following"
        ? ` <${data.value}...>`
        : ` <${data.value}>`;
  const option = new Option(
    `${data.short === undefined ? "" : `${data.short}, `}${data.flag}${value}`,
    data.description,
  );
  if (data.choices !== undefined) option.choices(data.choices);
  if (data.value === undefined || data.many === "following") return option;
  return option.argParser(valueParser(data));
}

function exits(data: command.Command): string {
  const widest = Math.max(...Object.keys(data.exits).map((status) => status.length));
  return Object.entries(data.exits)
    .map(([status, meaning]) =>
      formatItem(status, widest, meaning, { helpWidth: widthOf(process.stdout) }),
    )
    .join("\n");
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
