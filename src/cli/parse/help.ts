import { type Command, Help } from "commander";
import { say } from "../../model/text/phrase.ts";
import type { Language } from "../../report/language/language.ts";
import { columns } from "../../report/wording/layout.ts";
import { writeAside, writeResult } from "../output/streams.ts";
import { widthOf } from "../output/width.ts";
import { formatItem, wrapWords } from "./help-layout.ts";

/** Texts of the parser itself, with their placeholders, for the language files. */
export const parserTexts = [
  "Usage:",
  "Arguments:",
  "Options:",
  "display help for command",
  "output the version number",
] as const;

/** The heading of options that only `help options` lists. The parser accepts them everywhere. */
export const globalGroup = "global";

/**
 * Sets the language and the layout of a parser's help; subcommands inherit it. Argument errors are
 * reported elsewhere.
 */
export function localizeParser(command: Command, language: Language): Command {
  const { told } = language;
  const parser = new Help();
  return command
    .helpOption("-h, --help", told("display help for command"))
    .helpCommand("help [command]", told("display help for command"))
    .configureOutput({
      writeOut: writeResult,
      writeErr: writeAside,
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(process.stdout),
      getErrHelpWidth: () => widthOf(process.stderr),
    })
    .configureHelp({
      displayWidth: columns,
      boxWrap: wrapWords,
      formatItem,
      formatItemList: (heading, items, helper) =>
        heading === globalGroup ? [] : parser.formatItemList(heading, items, helper),
      styleTitle: told,
      commandUsage: (one) =>
        parser
          .commandUsage(one)
          .replace("[options]", told(say`[options]`))
          .replace("[command]", told(say`[command]`)),
      optionDescription: (option) => {
        const { argChoices, description } = option;
        if (argChoices === undefined) return description;
        const list = argChoices.map((choice) => JSON.stringify(choice));
        return language.say`${description} ${told(say`(choices: ${{ list }})`)}`;
      },
    });
}
