import type { Query, Sought } from "../../model/adapter.ts";
import type { Address } from "../../model/address.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { once, type ApplyRun } from "../apply/apply-run.ts";
import { collect } from "../plan/observe.ts";
import { parentIdOf } from "./resolve-references.ts";
import type { AccountChange, WriteReading } from "./step-results.ts";

/**
 * Reads the object again, or the objects beside one that is to be made. Throws an AdapterError if a
 * read fails or the parent has no known id.
 */
export async function readBeforeWrite(run: ApplyRun, change: AccountChange): Promise<WriteReading> {
  const parentId = parentIdOf(run, change);
  const within = parentId !== undefined ? { parentId } : {};
  if (change.action === "create")
    return { beside: await readSiblings(run, change, within), ...within };
  const list = { ...basics(change), ...within };
  const beside =
    change.action === "upgrade" ? await collect(run.adapter, list, run.view.signal) : [];
  const { id } = change.observed;
  // A later change starts from this run's earlier one, which a lagging backend may not show yet.
  const known = run.made.get(change.address) ?? beside.find((one) => one.id === id);
  const query = { kind: change.kind, id, fields: change.basedOn, ...within };
  const current = known ?? (await collect(run.adapter, query, run.view.signal))[0];
  return { beside, ...within, ...(current && { current }) };
}

/** Lists only the basics of each object: only the existence of similar objects matters. */
function basics({ kind }: Change): Query {
  return { kind, whole: () => false };
}

/**
 * The kind's objects under the change's parent, read once per run. Empty if this run made the
 * parent. Without a parent, only the keys that the plan creates are looked up.
 */
async function readSiblings(
  run: ApplyRun,
  change: Change,
  within: { readonly parentId?: string },
): Promise<readonly Observed[]> {
  const { kind, parent } = change;
  const parentIsNew =
    parent !== undefined &&
    run.plan.refers[parent] === undefined &&
    run.made.has(parent as Address);
  if (parentIsNew) return [];
  return once(run.lists, `${kind}\n${within.parentId ?? ""}`, () => {
    const only = within.parentId === undefined ? { only: toMake(run, kind) } : {};
    return collect(run.adapter, { ...basics(change), ...within, ...only }, run.view.signal);
  });
}

/** A narrowed plan does not know how many objects exist, and its cost must not depend on that. */
function toMake(run: ApplyRun, kind: string): Sought {
  const keys = run.plan.changes.flatMap((one) =>
    one.action === "create" && one.by === "adapter" && one.kind === kind ? one.key : [],
  );
  return { ids: [], keys, ...(run.plan.scope && { among: Number.POSITIVE_INFINITY }) };
}
