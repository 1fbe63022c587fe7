import { why } from "../../operations/why.ts";
import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";
import { inAccount } from "../workspace.ts";

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
