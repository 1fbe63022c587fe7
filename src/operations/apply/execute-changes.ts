import type { Result } from "../../model/plan/receipt.ts";
import { applyChange } from "../change/apply-change.ts";
import { lostCredential } from "../change/prepare-credential.ts";
import type { Ended } from "../settle/infer-outcome.ts";
import { settleOpen } from "../settle/settle-open.ts";
import type { ApplyRun } from "./apply-run.ts";
import { inOrder } from "./schedule.ts";
import { record, textOf } from "../../model/text/recorded.ts";

/** Applies the plan's changes, each after those that it requires, and keeps how each ended. */
export async function executeChanges(run: ApplyRun): Promise<void> {
  let done = 0;
  await inOrder(run.plan.changes, run.parallelism, async (change) => {
    run.results.set(change.id, await applyChange(run, change));
    done += 1;
    const { reads, writes } = run.adapter.spent();
    run.view.progress?.({
      phase: "applying",
      done,
      total: run.plan.changes.length,
      requests: reads + writes,
    });
  });
}

/**
 * Looks once more for writes of this run whose replies were lost. After an interruption, the next
 * run does that.
 */
export async function settleUnknown(run: ApplyRun): Promise<void> {
  const { project, view, journal, writers } = run;
  const unknown = [...run.results.values()].filter(({ status }) => status === "unknown");
  if (unknown.length === 0 || view.signal.aborted) return;
  view.progress?.({
    phase: "settling",
    done: 0,
    total: unknown.length,
    requests: run.adapter.spent().reads,
  });
  const patient = { ...view, reader: run.adapter, signal: new AbortController().signal };
  const endings = await settleOpen(patient, { journal, sink: writers.sink, kinds: project.kinds });
  for (const ended of endings) {
    const result = run.results.get(ended.change);
    if (ended.run === run.id && ended.status !== "unknown" && result)
      run.results.set(ended.change, settled(result, ended));
  }
}

function settled({ change, address, action, credential: had }: Result, ended: Ended): Result {
  const { status, id, code, credential = had } = ended;
  const known = {
    ...(id !== undefined && { id }),
    ...(code !== undefined && { code }),
    ...(ended.because !== undefined && { because: textOf(ended, "because") }),
    ...(credential && { credential }),
  };
  return record({
    change,
    address,
    action,
    status,
    ...known,
    ...(credential === "lost" && lostCredential(address)),
  });
}
