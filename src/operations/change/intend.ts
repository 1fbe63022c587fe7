import { type Event, noHash } from "../../model/ledger/ledger.ts";
import { foldEntry } from "../../model/ledger/ledger-state.ts";
import type { Change } from "../../model/plan/plan.ts";
import { checkIntent } from "./check-intent.ts";
import type { WriteReading } from "./read-before-write.ts";
import { type Ending, intentOf, outcomeOf } from "./ledger-events.ts";
import type { ApplyRun } from "../apply/apply-run.ts";

/**
 * Records an intent if `checkIntent` permits the write; otherwise returns why not. Every write
 * passes here. The intent is appended directly after the head that was checked, or not at all. With
 * `ending`, the outcome is recorded at once.
 */
export async function intend(run: ApplyRun, change: Change, sight: WriteReading, ending?: Ending): Promise<Ending | undefined> {
  const refused = checkIntent(run, change);
  if (refused) return refused;
  const intent = intentOf(run, change, sight);
  await record(run, ...(ending ? [intent, outcomeOf(run, change, ending)] : [intent]));
  return undefined;
}

/**
 * Appends events. The run's own state includes them at once, before they are durable, for other
 * changes that are checked meanwhile.
 */
export async function record(run: ApplyRun, ...events: readonly Event[]): Promise<void> {
  const { ledger } = run;
  for (const event of events) foldEntry(ledger, { ...event, seq: ledger.seq + 1, prev: noHash, hash: ledger.head });
  await run.journal.append(events);
}
