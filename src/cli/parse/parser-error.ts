import type { CommanderError } from "commander";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";
import { oneOf } from "../../model/text/similar.ts";
import { formatNames } from "../../report/load.ts";

/** What an unknown command is called; its words are our own. */
export const unknownCommand = "usage/unknown-command";

type Told = Pick<Diagnostic, "code" | "message">;

/** What the parser complains of, by the name it gives that: its words, and what is said instead. */
const sayings: Readonly<Record<string, readonly [parser: RegExp, (...found: readonly string[]) => Told]>> = {
  "commander.unknownOption": [
    /unknown option '(.*)'/s,
    (flag = "") => ({ code: "usage/unknown-option", message: say`There is no option ${flag} here.` }),
  ],
  "commander.missingArgument": [
    /missing required argument '(.*)'/s,
    (name = "") => ({ code: "usage/missing-argument", message: say`The argument ${name} is missing.` }),
  ],
  "commander.optionMissingArgument": [
    /option '(.*)' argument missing/s,
    (flag = "") => ({ code: "usage/missing-value", message: say`The option ${flag.replace(/ <.*/s, "")} needs a value.` }),
  ],
  "commander.excessArguments": [
    /too many arguments for '(.*)'\. Expected (\d+) .* but got (\d+)/s,
    (name = "", most = "", given = "") => ({
      code: "usage/too-many-arguments",
      message: say`Too many arguments for ${name}: expected ${most}, and got ${given}.`,
    }),
  ],
  "commander.invalidArgument": [
    /option '(.*)' argument '(.*)' is invalid\. (.*)/s,
    (flag = "", value = "", why = "") => ({
      code: "usage/invalid-value",
      message: say`The option ${flag.replace(/ <.*/s, "")} cannot be ${value}. ${why}`,
    }),
  ],
};

/** What is wrong with the command line, as a diagnostic. */
export function parserDiagnostic({ code, message }: CommanderError): Diagnostic {
  const [, said = message, meant] = /^(.*)\n(\(?Did you mean .*)$/s.exec(message) ?? [];
  return { severity: "error", ...toldOf(code, said), hint: hintOf(meant) };
}

function toldOf(code: string, said: string): Told {
  if (code === unknownCommand) return { code: unknownCommand, message: said };
  if (code === "commander.help") return { code: "usage/no-command", message: say`Which command is meant is not said.` };
  const [pattern, tell] = sayings[code] ?? [];
  const found = pattern?.exec(said);
  return found && tell ? tell(...found.slice(1)) : { code: "usage/invalid-value", message: said };
}

/** The parser's own words name what was meant in brackets. */
function hintOf(meant: string | undefined): string {
  const [, names] = /^\(Did you mean (?:one of )?(.*)\?\)$/s.exec(meant ?? "") ?? [];
  if (names !== undefined) return oneOf(names.split(", "));
  return meant ?? say`partnerctl --help lists commands and options.`;
}

/** A page of its own would be too much for a word that was mistyped. */
const forPeople: readonly string[] = ["markdown", "html"];

/** The format for programs that a command line asks for, though it cannot be parsed; else text. */
export function askedFormat(argv: readonly string[]): string {
  const given = argv.flatMap((word, place) =>
    word === "--format" ? [argv[place + 1]] : word.startsWith("--format=") ? [word.slice(9)] : [],
  );
  return formatNames.find((name) => name === given.at(-1) && !forPeople.includes(name)) ?? "text";
}
