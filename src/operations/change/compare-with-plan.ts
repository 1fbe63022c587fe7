import type { Change } from "../../model/plan/plan.ts";
import type { Reference } from "../../model/kind.ts";
import { say } from "../../model/text/phrase.ts";
import { equal, type Json, type Spec } from "../../model/values/json.ts";
import { covers, valueAt } from "../../model/values/pointer.ts";
import { likeness } from "../../plan/match/possible-duplicate.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { addressOf } from "./resolve-references.ts";
import { type AccountChange, type WriteReading, type Ending, endAsStale } from "./step-results.ts";

/**
 * Compares what was read with what the plan assumes: the object is there and the fields that the
 * change is based on are as planned; nothing has appeared that could be what the change makes.
 */
export function compareWithPlan(
  run: ApplyRun,
  change: AccountChange,
  reading: WriteReading,
): Ending | undefined {
  if (change.action === "create")
    return appeared(run, change, reading) ?? duplicate(run, change, reading);
  const { current } = reading;
  if (!current) return endAsStale("stale/gone", say`It is not in the account any more.`);
  const double = change.action === "upgrade" ? duplicate(run, change, reading) : undefined;
  if (double || run.made.has(change.address)) return double;
  const field = movedField(run, change, current.spec);
  return field === undefined
    ? undefined
    : endAsStale("stale/field", say`${field} changed in the account since the plan was made.`);
}

type Making = Extract<Change, { readonly action: "create" | "upgrade" }>;

function appeared(
  run: ApplyRun,
  change: Making & { readonly action: "create" },
  { beside }: WriteReading,
): Ending | undefined {
  const kind = run.kinds.get(change.kind);
  return beside.some((one) => one.key === change.key && !kind?.gone(one.spec))
    ? endAsStale("stale/exists", say`It has appeared in the account since the plan was made.`)
    : undefined;
}

/** Finds a live object that could be the one to be made and that the plan did not list. */
function duplicate(run: ApplyRun, change: Making, reading: WriteReading): Ending | undefined {
  const kind = run.kinds.get(change.kind);
  const like = kind && likeness(change.desired, kind);
  if (!kind || like === undefined) return undefined;
  const { beside: listed = [] } = change;
  const alike = reading.beside.filter(
    (one) =>
      !listed.includes(one.id) &&
      !kind.gone(one.spec) &&
      likeness(kind.normalize(one.spec) as Spec, kind) === like,
  );
  const made = alike.length === 0 ? [] : [...run.made.values()].map(({ id }) => id);
  const found = alike.find(({ id }) => !made.includes(id));
  if (!found) return undefined;
  const because = say`${found.key} (${found.id}) has appeared in the account since the plan was made, and could be the same.`;
  return endAsStale("stale/possible-duplicate", because);
}

function movedField(
  run: ApplyRun,
  change: Exclude<AccountChange, { readonly action: "create" }>,
  spec: Spec,
): string | undefined {
  const kind = run.kinds.get(change.kind);
  const now = (kind?.normalize(spec) ?? spec) as Spec;
  return change.basedOn.find((pointer) => {
    const planned = valueAt(change.observed.spec, pointer);
    const reference = kind?.references.find((one) => covers([one.pointer], pointer));
    return !equal(
      valueAt(now, pointer),
      reference && planned !== undefined ? inIds(run, change, { reference, planned }) : planned,
    );
  });
}

/** Replaces the names in a planned value by the ids of the account. */
function inIds(
  run: ApplyRun,
  change: Change,
  { reference, planned }: { readonly reference: Reference; readonly planned: Json },
): Json {
  const toId = (name: Json): Json => run.plan.refers[addressOf(reference, change, name)] ?? name;
  return Array.isArray(planned) ? planned.map(toId) : toId(planned);
}
