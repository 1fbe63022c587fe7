import { record } from "../../model/text/recorded.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Result, Status } from "../../model/plan/receipt.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { isPurchase } from "../settle/infer-outcome.ts";
import { checkIntent } from "./check-intent.ts";
import { type Ending, interrupted } from "./step-results.ts";

/**
 * Why a change ends before anything is read for it: a requirement, the ledger, what planning again
 * found, or an interruption. A manual change ends here.
 */
export function checkBeforeReading(run: ApplyRun, change: Change): Ending | undefined {
  const waited = change.requires
    .map((id) => run.results.get(id))
    .find((one) => one !== undefined && !isWhole(one));
  if (waited)
    return record({
      status: "skipped",
      code: "skipped/requires",
      because: say`It needs ${waited.change}, ${standingOf(waited)}.`,
    });
  const reason = run.dropped.get(change.id);
  const dropped = reason && record(reason);
  if (change.by === "manual") return dropped ?? { status: "manual" };
  const found = checkIntent(run, change);
  // That planning again dropped a change is more specific than that the ledger has moved.
  if (found?.status === "stale" && dropped?.status === "stale") return dropped;
  return found ?? dropped ?? (run.view.signal.aborted ? interrupted : undefined);
}

/** Why a change that could be sent ends before its intent is recorded. */
export function checkBeforeSending(run: ApplyRun, change: Change): Ending | undefined {
  if (run.view.signal.aborted) return interrupted;
  return run.unproven && buys(run, change) ? unproven : undefined;
}

/** Completes the sentence "it needs ADDRESS#N, …". */
const standing: Readonly<Record<Status, string>> = {
  done: say`which is done`,
  "done-earlier": say`which is done`,
  stale: say`which is stale`,
  failed: say`which failed`,
  skipped: say`which was skipped`,
  unknown: say`whose outcome was not known then`,
  manual: say`which is still to be done manually`,
};

function standingOf({ status, lacks }: Result): Wording {
  return lacks ? say`which was made without ${{ all: lacks }}` : standing[status];
}

function isWhole({ status, lacks }: Result): boolean {
  return (status === "done" || status === "done-earlier") && !lacks;
}

const unproven: Ending = {
  status: "skipped",
  code: "skipped/unproven",
  because: say`Another purchase of this run was answered by something that may not be the service, so no further one is sent.`,
  hint: say`Find out what answers in the service's place (a proxy, a gateway, a sign-in page), then run apply again.`,
};

/** Whether a change is a purchase that cannot be repeated. */
export function buys(run: ApplyRun, change: Change): boolean {
  return isPurchase(change, { kinds: [...run.kinds.values()], supports: run.adapter.supports });
}
