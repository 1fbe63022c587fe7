import { why } from "../../operations/why.ts";
import type { Invocation } from "../parse/command.ts";
import { exitStatus } from "../output/exit-status.ts";
import { inAccount } from "../project/workspace.ts";

/** Explains why an object changes, or why it does not. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, terminal } = invocation;
  const [address = ""] = words;
  return inAccount(invocation, async ({ project }, { view }) => {
    const explained = await why(project, view, address);
    if (!explained.ok) {
      terminal.diagnostics(explained.diagnostics);
      return exitStatus.error;
    }
    terminal.result(terminal.report.explanation(explained.value, terminal.style));
    return explained.value.verdict === "unknown" ? exitStatus.error : exitStatus.done;
  });
}
