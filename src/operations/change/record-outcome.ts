import type { Event } from "../../model/ledger/ledger.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { checkIntent } from "./check-intent.ts";
import type { Ending } from "./ending.ts";
import { subjectOf } from "./ledger-values.ts";
import { intentOf, record } from "./record-intent.ts";
import type { Reply } from "./send-change.ts";

/** Records the outcome of a change that was sent, and returns how it ended. */
export async function recordOutcome(run: ApplyRun, change: Change, reply: Reply): Promise<Ending> {
  await record(run, outcomeOf(run, change, reply));
  const { backendTime: _, ...ending } = reply;
  return ending;
}

/**
 * Records intent and outcome of a change for the ledger alone (forget, rename, protect, unprotect),
 * unless `checkIntent` refuses it.
 */
export async function recordWithoutWrite(run: ApplyRun, change: Change): Promise<Ending> {
  const refused = checkIntent(run, change);
  if (refused) return refused;
  const ending: Ending = { status: "done", ...(change.action === "rename" && { id: change.observed.id }) };
  await record(run, intentOf(run, change, { beside: [] }), outcomeOf(run, change, ending));
  return ending;
}

/** A backend's message may quote personal data, so only its code is recorded. */
function outcomeOf(run: ApplyRun, change: Change, { hint: _hint, because: _because, ...reply }: Reply): Event {
  return { at: run.view.now(), type: "outcome", ...subjectOf(run, change), by: "reply", ...reply };
}
