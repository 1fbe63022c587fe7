import type { GuardedRight, Kind, NamedRight } from "../../model/kind.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { namingChange, takesRight } from "../../plan/guard/named-right.ts";
import { collect } from "../plan/observe.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import type { Ending } from "./step-results.ts";

/** Runs changes that take a guarded right one at a time. Other changes run at once. */
export function inTurn<T>(run: ApplyRun, { takes }: Change, work: () => Promise<T>): Promise<T> {
  if (!takes) return work();
  const turn = run.turns.then(work);
  run.turns = turn.then(
    () => {},
    () => {},
  );
  return turn;
}

/**
 * Why a change that takes a guarded right must not be sent: a current read finds nobody else who
 * holds it. Undefined if it may be sent, also if the guard is lifted.
 */
export async function checkHolders(run: ApplyRun, change: Change): Promise<Ending | undefined> {
  const kind = run.kinds.get(change.kind);
  const taken = kind?.rights?.filter(({ guard }) => change.takes?.includes(guard)) ?? [];
  for (const { named, ...right } of taken) {
    const asked = named ? [right, ...(await rightOfNamed(run, change, named))] : [right];
    for (const one of asked)
      if (
        kind &&
        !run.lifted.has(one.guard) &&
        !(await isHeld(run, change, { kind, right: one, taken: right.guard }))
      )
        return nobody(one);
  }
  return undefined;
}

/**
 * The right that the named user must keep, if the change takes it. The object that names the user
 * is read again, unless this run has changed it.
 */
async function rightOfNamed(
  run: ApplyRun,
  change: Change,
  named: NamedRight,
): Promise<readonly GuardedRight[]> {
  const seen = run.observed.find(({ kind }) => kind === named.kind);
  if (!seen || run.lifted.has(named.guard)) return [];
  const naming = namingChange(run.plan.changes, named);
  const made = naming && run.made.get(naming.address);
  const [object] = made
    ? [made]
    : await collect(
        run.adapter,
        { kind: named.kind, id: seen.id, fields: named.fields },
        run.view.signal,
      );
  const right = named.rightOf(object?.spec);
  return takesRight(change, right) ? [right] : [];
}

function nobody({ guard }: GuardedRight): Ending {
  return {
    status: "stale",
    code: `guard/${guard}`,
    because: say`No reading shows that somebody else still holds what it takes away.`,
    hint: say`Give it to somebody else first, and plan again.`,
  };
}

interface Asked {
  readonly kind: Kind;
  readonly right: GuardedRight;
  /** The guard that changes name in `takes` if they take the right. */
  readonly taken: string;
}

/**
 * Reads the known holders one by one until one still holds the right. Otherwise accepts a holder
 * that this run has made, and finally lists all objects of the kind.
 */
async function isHeld(run: ApplyRun, change: Change, asked: Asked): Promise<boolean> {
  const own = "observed" in change ? change.observed.id : "";
  const isOther = (one: Observed) =>
    one.kind === asked.kind.name && one.id !== own && holds(asked, one);
  for (const one of seenHolders(run, asked).filter(isOther))
    if (await stillHolds(run, one, asked)) return true;
  if ([...run.made.values()].some(isOther)) return true;
  return (await collect(run.adapter, { kind: asked.kind.name }, run.view.signal)).some(isOther);
}

/** Objects from which this plan does not take the right. */
function seenHolders(run: ApplyRun, { kind, taken }: Asked): readonly Observed[] {
  const losing = run.plan.changes.filter(({ takes }) => takes?.includes(taken));
  const ids = new Set(losing.map((change) => ("observed" in change ? change.observed.id : "")));
  return run.observed.filter((one) => one.kind === kind.name && !ids.has(one.id));
}

async function stillHolds(run: ApplyRun, { id }: Observed, asked: Asked): Promise<boolean> {
  const { kind, right } = asked;
  const found = await collect(
    run.adapter,
    { kind: kind.name, id, fields: right.fields },
    run.view.signal,
  );
  return found.some((one) => holds(asked, one));
}

function holds({ kind, right }: Asked, { spec }: Observed): boolean {
  return right.holds(kind.normalize(spec) as Spec);
}
