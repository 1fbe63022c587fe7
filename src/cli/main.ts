import { type Command, CommanderError } from "commander";
import type { Diagnostic } from "../model/diagnostic.ts";
import { say } from "../model/text/phrase.ts";
import { record } from "../model/text/recorded.ts";
import { forgetSecrets } from "../model/text/secrets.ts";
import { didYouMean } from "../model/text/similar.ts";
import { english, type Language } from "../report/language/language.ts";
import { cleanLines } from "../report/sanitize.ts";
import { askedLanguage, languageTags, localeLanguage, readLanguage } from "./language.ts";
import { exitStatus } from "./output/exit-status.ts";
import { finish, writeAside, writeResult } from "./output/streams.ts";
import { askedFormat, parserDiagnostic } from "./parse/parser-error.ts";
import { optionsHelp, program } from "./parse/program.ts";

/** Runs the command line and returns the exit status. Reports an unexpected exception as a bug. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  forgetSecrets();
  let status = 1;
  const asked = askedLanguage(argv);
  const language = asked === undefined ? localeLanguage(process.env) : readLanguage(asked);
  if (language === undefined) {
    await tellUnparsed(argv, english, unknownLanguage(asked ?? ""));
    return finish(exitStatus.error);
  }
  const started = program(version, language, (ended) => {
    status = ended;
  });
  if (argv[0] === "help" && argv[1] === "options") {
    writeResult(optionsHelp(language));
    return finish(exitStatus.done, language.told);
  }
  try {
    await started.parseAsync(wordsFor(started, argv), { from: "user" });
  } catch (error) {
    status =
      error instanceof CommanderError && error.exitCode === 0 ? exitStatus.done : exitStatus.error;
    if (!(error instanceof CommanderError)) await tellBug(error, language, version);
    else if (status !== exitStatus.done && !isHelpShown(error, argv))
      await tellUnparsed(argv, language, parserDiagnostic(error));
  }
  return finish(status, language.told);
}

/** Without a command, the text format shows help instead of an error. */
function isHelpShown({ code }: CommanderError, argv: readonly string[]): boolean {
  return code === "commander.help" && askedFormat(argv) === "text";
}

/** Shows an error in the command line, in the requested format. */
async function tellUnparsed(
  argv: readonly string[],
  language: Language,
  problem: Diagnostic,
): Promise<void> {
  const [{ terminal }, { loadFormats }] = await Promise.all([
    import("./output/terminal.ts"),
    import("../report/load.ts"),
  ]);
  const format = askedFormat(argv);
  terminal({ format }, language, await loadFormats([format])).diagnostics([problem]);
}

async function tellBug(error: unknown, { told }: Language, version: string): Promise<void> {
  const { describeBug } = await import("./output/error-message.ts");
  writeAside(cleanLines(describeBug(error, version).map(told).join("\n")));
}

function unknownLanguage(asked: string): Diagnostic {
  const tags = languageTags();
  const hint = didYouMean(asked, tags, say`Expected ${{ list: tags }}.`);
  const told = {
    severity: "error",
    code: "usage/unknown-language",
    message: say`There is no language ${asked}.`,
  } as const;
  return record({ ...told, hint });
}

/**
 * Turns `help plan` into `plan --help`. Removes --help after an unknown command, because the parser
 * would show help instead of the error.
 */
function wordsFor(root: Command, argv: readonly string[]): string[] {
  const isHelp = argv[0] === "help" && argv.length > 1;
  const words = withoutFolder(isHelp ? argv.slice(1) : argv);
  if (!isKnown(root, words)) return words.filter((word) => word !== "--help" && word !== "-h");
  return isHelp ? [...words, "--help"] : [...words];
}

/** `schema --project` may name no folder: the nearest project is meant. */
function withoutFolder(words: readonly string[]): readonly string[] {
  if (words[0] !== "schema") return words;
  return words.map((word, index) =>
    word === "--project" && (words[index + 1] ?? "-").startsWith("-") ? "--project=" : word,
  );
}

function isKnown({ commands }: Command, [word = "-", ...more]: readonly string[]): boolean {
  if (word.startsWith("-") || commands.length === 0) return true;
  const next = commands.find((one) => one.name() === word);
  return next !== undefined && isKnown(next, more);
}
