import { CommanderError } from "commander";
import { say } from "../model/text/say.ts";
import { cleanLines } from "../report/sanitize.ts";
import { exitStatus } from "./output/exit-status.ts";
import { askedLanguage, languageTags, localeLanguage, readLanguage } from "./language.ts";
import { program } from "./parse/program.ts";
import { finish, writeAside } from "./output/streams.ts";
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
  try {
    const [first, name] = argv;
    const isUnknown = first === "help" && name !== undefined && started.commands.every((one) => one.name() !== name);
    // The parser would show all help, and not say that there is no such command.
    await started.parseAsync(isUnknown ? [name] : [...argv], { from: "user" });
  } catch (error) {
    status = statusOf(error);
    if (!(error instanceof CommanderError)) writeAside(cleanLines(language.told(describeError(error, version))));
  }
  return finish(status, language.told);
}

function statusOf(error: unknown): number {
  return error instanceof CommanderError && error.exitCode === 0 ? exitStatus.done : statusAfter(error);
}
