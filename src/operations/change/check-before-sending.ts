import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { isPurchase } from "../settle/infer-outcome.ts";
import { type Ending, interrupted } from "./ending.ts";

const unproven: Ending = {
  status: "skipped",
  code: "skipped/unproven",
  because: say`another purchase of this run was answered by something that may not be the service, so no further one is sent`,
  hint: say`find out what answers in the service's place (a proxy, a gateway, a sign-in page), then run apply again`,
};

/** Why a change that could be sent ends before its intent is recorded. */
export function checkBeforeSending(run: ApplyRun, change: Change): Ending | undefined {
  if (run.view.signal.aborted) return interrupted;
  return run.unproven && buys(run, change) ? unproven : undefined;
}

/** Whether a change is a purchase that cannot be repeated. */
export function buys(run: ApplyRun, change: Change): boolean {
  return isPurchase(change, { kinds: [...run.kinds.values()], supports: run.adapter.supports });
}
