import { type Command, CommanderError } from "commander";
import { say } from "../model/text/say.ts";
import { cleanLines } from "../report/sanitize.ts";
import { exitStatus } from "./output/exit-status.ts";
import { askedLanguage, languageTags, localeLanguage, readLanguage } from "./language.ts";
import { optionsHelp, program } from "./parse/program.ts";
import { finish, writeAside, writeResult } from "./output/streams.ts";
import { describeError, statusAfter } from "./output/error-message.ts";

/** Runs the command line and returns the exit status. Every throw that is not a known sort of trouble is a bug of ours and is shown as one. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  let status = 1;
  const asked = askedLanguage(argv);
  const language = asked === undefined ? localeLanguage(process.env) : readLanguage(asked);
  if (language === undefined) {
    writeAside(`${say`There is no language ${asked ?? ""}: expected ${languageTags().join(", ")}.`}\n`);
    return exitStatus.error;
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
    status = statusOf(error);
    if (!(error instanceof CommanderError)) writeAside(cleanLines(language.told(describeError(error, version))));
  }
  return finish(status, language.told);
}

function statusOf(error: unknown): number {
  return error instanceof CommanderError && error.exitCode === 0 ? exitStatus.done : statusAfter(error);
}

/** `help plan` is `plan --help`. With --help beside it, the parser would not say that a word is no command. */
function wordsFor(root: Command, argv: readonly string[]): string[] {
  const isHelp = argv[0] === "help" && argv.length > 1;
  const words = isHelp ? argv.slice(1) : argv;
  if (!isKnown(root, words)) return words.filter((word) => word !== "--help" && word !== "-h");
  return isHelp ? [...words, "--help"] : [...words];
}

function isKnown({ commands }: Command, [word = "-", ...more]: readonly string[]): boolean {
  if (word.startsWith("-") || commands.length === 0) return true;
  const next = commands.find((one) => one.name() === word);
  return next !== undefined && isKnown(next, more);
}
