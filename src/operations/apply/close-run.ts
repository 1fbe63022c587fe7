import type { Receipt, Result } from "../../model/plan/receipt.ts";
import { quoter } from "../../model/text/quotes.ts";
import { personalOf } from "../../plan/diff/personal.ts";
import type { ApplyRun } from "./apply-run.ts";
import { textOf } from "../../model/text/recorded.ts";

/** Records the end of the run, and returns how each change ended. */
export async function closeRun(run: ApplyRun): Promise<Receipt> {
  const { id, plan, view, journal, adapter, startedAt } = run;
  const notes = [...run.notes, ...run.remarks];
  const results = resultsOf(run);
  const count = (...statuses: readonly Result["status"][]) =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const interrupted = view.signal.aborted ? { interrupted: true as const } : {};
  const endedAt = view.now();
  await journal.append([
    {
      at: endedAt,
      type: "run-closed",
      run: id,
      done: count("done"),
      failed: count("failed", "stale", "skipped"),
      unknown: count("unknown"),
      ...interrupted,
    },
  ]);
  const ledger = { id: await view.ledger.id(), head: journal.head() };
  return {
    version: 1,
    ...{ run: id, plan: plan.digest, account: plan.account, startedAt, endedAt, ledger },
    ...run.facts,
    ...interrupted,
    results,
    ...(notes.length > 0 && { notes }),
    spent: adapter.spent(),
  };
}

/** The results in the plan's order. A backend's message may quote personal data. */
function resultsOf(run: ApplyRun): readonly Result[] {
  const { changes } = run.plan;
  const quotes = quoter(() =>
    changes.flatMap((change) => personalOf(change, run.kinds.get(change.kind)?.personal ?? [])),
  );
  return changes.flatMap((change): readonly Result[] => {
    const result = run.results.get(change.id);
    return result
      ? [{ ...result, ...quotes(textOf(result, "because"), textOf(result, "hint")) }]
      : [];
  });
}
