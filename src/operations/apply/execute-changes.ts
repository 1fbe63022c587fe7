import { applyChange } from "../change/apply-change.ts";
import type { ApplyRun } from "./apply-run.ts";
import { inOrder } from "./schedule.ts";

/** Applies the plan's changes, each after those that it requires, and keeps how each ended. */
export async function executeChanges(run: ApplyRun): Promise<void> {
  let done = 0;
  await inOrder(run.plan.changes, run.parallelism, async (change) => {
    run.results.set(change.id, await applyChange(run, change));
    done += 1;
    const { reads, writes } = run.adapter.spent();
    run.view.progress?.({ phase: "applying", done, total: run.plan.changes.length, requests: reads + writes });
  });
}
