import { CommanderError } from "commander";
import { say } from "../model/say.ts";
import { exitStatus } from "./exit-status.ts";
import { askedLanguage, languageTags, localeLanguage, readLanguage } from "./language.ts";
import { program } from "./program.ts";
import { settled } from "./trouble.ts";

/** Runs the command line and returns the exit status. Every throw that is not a known sort of trouble is a bug of ours and is shown as one. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", passClosedPipe);
  let status = 1;
  const asked = askedLanguage(argv);
  const language = asked === undefined ? localeLanguage(process.env) : readLanguage(asked);
  if (language === undefined) {
    process.stderr.write(`${say`There is no language ${asked ?? ""}: expected ${languageTags().join(", ")}.`}\n`);
    return exitStatus.error;
  }
  const started = program(version, language, (ended) => {
    status = ended;
  });
  try {
    await started.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    process.stderr.write(language.told(settled(error, version)));
    return 1;
  }
}

/** A reader that has seen enough (`| head`) must not stop what is being recorded. */
function passClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
