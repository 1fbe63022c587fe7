import type { GuardedRight, Kind } from "../../model/kind.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import { collect } from "../plan/observe.ts";
import type { Ending } from "./ledger-events.ts";
import type { ApplyRun } from "../apply/apply-run.ts";

/** Does the changes that take a guarded right one at a time; all others at once. */
export function inTurn<T>(run: ApplyRun, { takes }: Change, work: () => Promise<T>): Promise<T> {
  if (!takes) return work();
  const turn = run.turns.then(work);
  run.turns = turn.then(
    () => {},
    () => {},
  );
  return turn;
}

/** Why a change may not be sent that takes a guarded right: no reading of now shows that somebody else holds it. */
export async function whyUnheld(run: ApplyRun, change: Change): Promise<Ending | undefined> {
  const kind = run.kinds.get(change.kind);
  const guarded = kind?.rights?.filter(({ guard }) => change.takes?.includes(guard) && !run.lifted.has(guard)) ?? [];
  for (const right of guarded) if (kind && !(await isHeld(run, change, { kind, right }))) return nobody(right);
  return undefined;
}

function nobody({ guard }: GuardedRight): Ending {
  return {
    status: "stale",
    code: `guard/${guard}`,
    because: say`no reading shows that somebody else still holds what it takes away`,
    hint: say`give it to somebody else first, and plan again`,
  };
}

interface Asked {
  readonly kind: Kind;
  readonly right: GuardedRight;
}

/** Whoever was seen to hold it is read once more; else whom this run gave it, and else everybody. */
async function isHeld(run: ApplyRun, change: Change, asked: Asked): Promise<boolean> {
  const own = "observed" in change ? change.observed.id : "";
  const isOther = (one: Observed) => one.kind === asked.kind.name && one.id !== own && holds(asked, one);
  for (const one of seenHolders(run, asked).filter(isOther)) if (await stillHolds(run, one, asked)) return true;
  if ([...run.made.values()].some(isOther)) return true;
  return (await collect(run.adapter, { kind: asked.kind.name }, run.view.signal)).some(isOther);
}

/** Those from whom this plan does not take it. */
function seenHolders({ observed, plan }: ApplyRun, { kind, right }: Asked): readonly Observed[] {
  const losing = plan.changes.filter(({ takes }) => takes?.includes(right.guard));
  const ids = new Set(losing.map((change) => ("observed" in change ? change.observed.id : "")));
  return observed.filter((one) => one.kind === kind.name && !ids.has(one.id));
}

async function stillHolds(run: ApplyRun, { id }: Observed, asked: Asked): Promise<boolean> {
  const { kind, right } = asked;
  const found = await collect(run.adapter, { kind: kind.name, id, fields: right.fields }, run.view.signal);
  return found.some((one) => holds(asked, one));
}

function holds({ kind, right }: Asked, { spec }: Observed): boolean {
  return right.holds(kind.normalize(spec) as Spec);
}
