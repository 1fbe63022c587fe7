import { existsSync } from "node:fs";
import { say } from "../../../model/text/say.ts";
import { writeComment, HostFailed, reviewOf } from "../../../store/hosts/index.ts";
import { most } from "../../../store/files/read-input.ts";
import type { Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { readText } from "../../files/text-file.ts";

/** Shows a report to those who review the change. */
export async function run({ words: [file = ""], flags, terminal }: Invocation): Promise<number> {
  if (!existsSync(file)) {
    terminal.problem(say`There is no file ${file}.`);
    return exitStatus.error;
  }
  const text = readText(file, most.manifest);
  if (!text.ok) {
    terminal.diagnostics(text.diagnostics);
    return exitStatus.error;
  }
  try {
    const done = await writeComment(reviewOf(process.env), flags.name ?? "plan", text.value);
    terminal.remark(done === "added" ? say`Commented.` : say`Commented, in place of the last one.`);
    return exitStatus.done;
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    terminal.problem(say`Not commented: ${error.message}.`);
    return exitStatus.error;
  }
}
