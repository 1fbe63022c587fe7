import { diff } from "../../operations/diff.ts";
import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";
import { pricedOn } from "../prices.ts";
import { sourcesAt } from "../sources-at.ts";
import { inProject } from "../workspace.ts";

/** Compares two folders or two git revisions without a backend. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [from = "", to = ""] = words;
  return inProject(invocation, async (workspace) => {
    const before = await sourcesAt(workspace, from);
    const after = await sourcesAt(workspace, to);
    if (!before.ok || !after.ok) {
      terminal.diagnostics([...before.diagnostics, ...after.diagnostics]);
      return exitStatus.error;
    }
    const asOf = flags.asOf ?? new Date().toISOString().slice(0, 10);
    const prices = pricedOn(workspace, [], asOf);
    const compared = prices.ok ? diff(workspace.project, before.value, after.value, { asOf, name: from, prices: prices.value }) : prices;
    if (!compared.ok) {
      terminal.diagnostics(compared.diagnostics);
      return exitStatus.error;
    }
    terminal.aside(compared.diagnostics);
    terminal.result(terminal.report.plan(compared.value, terminal.style));
    return flags.detailedExitcode && compared.value.changes.length > 0 ? exitStatus.pending : exitStatus.done;
  });
}
