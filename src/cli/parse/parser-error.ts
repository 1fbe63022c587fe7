import { CommanderError } from "commander";
import type { Code } from "../../model/codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { english, say, type Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { oneOf } from "../../model/text/similar.ts";
import { formatNames } from "../../report/load.ts";

const usualHint = say`\`partnerctl --help\` lists commands and options.`;

/** The command line is wrong in a way that the parser does not know. */
export class UsageRefused extends CommanderError {
  readonly diagnostic: Diagnostic;

  constructor(code: Code, message: Wording, hint: Wording = usualHint) {
    super(1, code, english(message));
    this.diagnostic = record({ severity: "error", code, message, hint });
  }
}

/** By the parser's error code: a pattern for its message, our code, and our message. */
const sayings: Readonly<
  Record<string, readonly [RegExp, Code, (...found: readonly string[]) => Wording]>
> = {
  "commander.unknownOption": [
    /unknown option '(.*)'/s,
    "usage/unknown-option",
    (flag = "") => say`There is no option ${flag} here.`,
  ],
  "commander.missingArgument": [
    /missing required argument '(.*)'/s,
    "usage/missing-argument",
    (name = "") => say`The argument ${name} is missing.`,
  ],
  "commander.optionMissingArgument": [
    /option '(.*)' argument missing/s,
    "usage/missing-value",
    (flag = "") => say`The option ${flag.replace(/ <.*/s, "")} needs a value.`,
  ],
  "commander.excessArguments": [
    /too many arguments for '(.*)'\. Expected (\d+) .* but got (\d+)/s,
    "usage/too-many-arguments",
    (name = "", most = "", given = "") =>
      say`Too many arguments for ${name}: expected ${most}, and got ${given}.`,
  ],
};

/** Converts a parser error to a diagnostic. */
export function parserDiagnostic(error: CommanderError): Diagnostic {
  if (error instanceof UsageRefused) return error.diagnostic;
  const { code, message: all } = error;
  const [, said = all, meant] = /^(.*)\n(\(?Did you mean .*)$/s.exec(all) ?? [];
  const [pattern, ours, tell] = sayings[code] ?? [];
  const found = pattern?.exec(said);
  const told =
    found && ours && tell
      ? ({ code: ours, message: tell(...found.slice(1)) } as const)
      : unmatched(code, said);
  return record({ severity: "error", ...told, hint: hintOf(meant) });
}

function unmatched(code: string, message: string): Pick<Diagnostic, "code" | "message"> {
  return code === "commander.help"
    ? { code: "usage/no-command", message: say`Which command is meant is not said.` }
    : { code: "usage/invalid-value", message };
}

/** The hint from the parser's suggestion in parentheses, or a general one. */
function hintOf(meant: string | undefined): Wording {
  const [, names] = /^\(Did you mean (?:one of )?(.*)\?\)$/s.exec(meant ?? "") ?? [];
  return names === undefined ? usualHint : oneOf(names.split(", "));
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
