import { CommanderError } from "commander";
import { program } from "./program.ts";
import { settled } from "./trouble.ts";

/** Runs the command line and returns the exit status. Every throw that is not a known sort of trouble is a bug of ours and is shown as one. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", passClosedPipe);
  let status = 1;
  const started = program(version, (ended) => {
    status = ended;
  });
  try {
    await started.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    process.stderr.write(settled(error, version));
    return 1;
  }
}

/** A reader that has seen enough (`| head`) must not stop what is being recorded. */
function passClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
