import { attestations, runs } from "../../model/ledger-state.ts";
import type { Entry } from "../../model/ledger.ts";
import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";
import { inLedger } from "../workspace.ts";

/** Shows what was applied, by whom, from which plan. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, terminal } = invocation;
  const [wanted] = words;
  return inLedger(invocation, async (_, ledger) => {
    const entries: Entry[] = [];
    for await (const entry of ledger.entries()) entries.push(entry);
    const all = runs(entries);
    if (wanted === undefined) {
      terminal.result(terminal.report.history(all, attestations(entries), terminal.style));
      return exitStatus.done;
    }
    const found = all.filter(({ run }) => run.startsWith(wanted));
    const [one] = found;
    if (!one || found.length > 1) {
      terminal.problem(
        found.length > 1
          ? `${wanted} is the start of ${found.length} runs: ${found.map(({ run }) => run).join(", ")}`
          : `No run ${wanted}. partnerctl history lists them all.`,
      );
      return exitStatus.error;
    }
    terminal.result(terminal.report.run(one, terminal.style));
    return exitStatus.done;
  });
}
