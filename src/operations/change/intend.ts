import { type Event, noHash } from "../../model/ledger/ledger.ts";
import { foldEntry } from "../../model/ledger/ledger-state.ts";
import type { Change } from "../../model/plan/plan.ts";
import { checkIntent } from "./check-intent.ts";
import type { WriteReading } from "./read-before-write.ts";
import { type Ending, intentOf, outcomeOf } from "./ledger-events.ts";
import type { ApplyRun } from "../apply/apply-run.ts";

/** Records an intent, unless the ledger's head speaks against it: every write passes here, and what is appended follows the very head that was judged, or nothing is. What is over at once is recorded with its ending. */
export async function intend(run: ApplyRun, change: Change, sight: WriteReading, ending?: Ending): Promise<Ending | undefined> {
  const refused = checkIntent(run, change);
  if (refused) return refused;
  const intent = intentOf(run, change, sight);
  await record(run, ...(ending ? [intent, outcomeOf(run, change, ending)] : [intent]));
  return undefined;
}

/** Appends what a run has to tell, and knows it itself from this moment on, so that what is judged meanwhile reckons with it. */
export async function record(run: ApplyRun, ...events: readonly Event[]): Promise<void> {
  const { ledger } = run;
  for (const event of events) foldEntry(ledger, { ...event, seq: ledger.seq + 1, prev: noHash, hash: ledger.head });
  await run.journal.append(events);
}
