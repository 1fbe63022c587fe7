import { type Change, isForLedger } from "../../model/plan/plan.ts";
import type { Result } from "../../model/plan/receipt.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { checkBeforeReading, checkBeforeSending } from "./check-change.ts";
import { checkHolders, inTurn } from "./check-holders.ts";
import { compareWithPlan } from "./compare-with-plan.ts";
import { prepareCredential } from "./prepare-credential.ts";
import { readBeforeWrite } from "./read-before-write.ts";
import { recordIntent, recordOutcome, recordWithoutWrite } from "./record-events.ts";
import { resolveReferences } from "./resolve-references.ts";
import { sendChange } from "./send-change.ts";
import {
  type AccountChange,
  type WriteReading,
  type Ending,
  endAsFailed,
  interrupted,
} from "./step-results.ts";

/**
 * Applies one change whose requirements have ended. Turns every AdapterError into a result. All
 * steps of a change are called from this file, one after the other; each may end the change.
 */
export async function applyChange(run: ApplyRun, change: Change): Promise<Result> {
  const { id, address, action } = change;
  return {
    change: id,
    address,
    action,
    ...(checkBeforeReading(run, change) ?? (await takeSteps(run, change))),
  };
}

async function takeSteps(run: ApplyRun, change: Change): Promise<Ending> {
  if (isForLedger(change)) return recordWithoutWrite(run, change);
  return inTurn(run, change, async () => {
    const reading = await examineAccount(run, change);
    if ("status" in reading) return reading;
    const prepared = await prepareCredential(run, change);
    if ("status" in prepared) return prepared;
    const refused = checkBeforeSending(run, change) ?? (await recordIntent(run, change, reading));
    if (refused) return refused;
    const reply = await sendChange(run, change, { ...reading, ...prepared });
    return recordOutcome(run, change, reply);
  });
}

/** The steps that only read. */
async function examineAccount(
  run: ApplyRun,
  change: AccountChange,
): Promise<WriteReading | Ending> {
  try {
    const reading = await readBeforeWrite(run, change);
    const moved = compareWithPlan(run, change, reading);
    if (moved) return moved;
    await resolveReferences(run, change, reading);
    return (await checkHolders(run, change)) ?? reading;
  } catch (error) {
    return run.view.signal.aborted ? interrupted : endAsFailed(error);
  }
}
