import { record } from "../../model/text/recorded.ts";
import type { CommanderError } from "commander";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";
import { oneOf } from "../../model/text/similar.ts";
import { formatNames } from "../../report/load.ts";
import type { Wording } from "../../model/text/phrase.ts";

/** The code of the error for an unknown command. Its message is ours, not the parser's. */
export const unknownCommand = "usage/unknown-command";

type Told = Pick<Diagnostic, "code" | "message">;

/** By the parser's error code: a pattern for its message, and our diagnostic. */
const sayings: Readonly<
  Record<string, readonly [parser: RegExp, (...found: readonly string[]) => Told]>
> = {
  "commander.unknownOption": [
    /unknown option '(.*)'/s,
    (flag = "") => ({
      code: "usage/unknown-option",
      message: say`There is no option ${flag} here.`,
    }),
  ],
  "commander.missingArgument": [
    /missing required argument '(.*)'/s,
    (name = "") => ({
      code: "usage/missing-argument",
      message: say`The argument ${name} is missing.`,
    }),
  ],
  "commander.optionMissingArgument": [
    /option '(.*)' argument missing/s,
    (flag = "") => ({
      code: "usage/missing-value",
      message: say`The option ${flag.replace(/ <.*/s, "")} needs a value.`,
    }),
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

/** Converts a parser error to a diagnostic. */
export function parserDiagnostic({ code, message }: CommanderError): Diagnostic {
  const [, said = message, meant] = /^(.*)\n(\(?Did you mean .*)$/s.exec(message) ?? [];
  return record({ severity: "error", ...toldOf(code, said), hint: hintOf(meant) });
}

function toldOf(code: string, said: string): Told {
  if (code === unknownCommand) return { code: unknownCommand, message: said };
  if (code === "commander.help")
    return { code: "usage/no-command", message: say`Which command is meant is not said.` };
  const [pattern, tell] = sayings[code] ?? [];
  const found = pattern?.exec(said);
  return found && tell ? tell(...found.slice(1)) : { code: "usage/invalid-value", message: said };
}

/** The hint from the parser's suggestion in parentheses, or a general one. */
function hintOf(meant: string | undefined): Wording {
  const [, names] = /^\(Did you mean (?:one of )?(.*)\?\)$/s.exec(meant ?? "") ?? [];
  if (names !== undefined) return oneOf(names.split(", "));
  return meant ?? say`partnerctl --help lists commands and options.`;
}

/** Formats for whole pages, not used for errors in the command line. */
const forPeople: readonly string[] = ["markdown", "html"];

/**
 * The machine-readable format requested by a command line that could not be parsed, else `text`.
 */
export function askedFormat(argv: readonly string[]): string {
  const given = argv.flatMap((word, place) =>
    word === "--format" ? [argv[place + 1]] : word.startsWith("--format=") ? [word.slice(9)] : [],
  );
  return formatNames.find((name) => name === given.at(-1) && !forPeople.includes(name)) ?? "text";
}
