import { explain } from "../../kinds/explain.ts";
import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";

/** Describes all kinds, a kind, or a field of one. */
export async function run({ words, terminal }: Invocation): Promise<number> {
  const explained = explain(words[0]);
  if (!explained.ok) {
    terminal.diagnostics(explained.diagnostics);
    return exitStatus.error;
  }
  terminal.result(terminal.report.reference(explained.value, terminal.style));
  return exitStatus.done;
}
