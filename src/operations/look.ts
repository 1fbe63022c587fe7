import type { Address } from "../model/address.ts";
import { equal, type Json, type Spec } from "../model/json.ts";
import type { Reference } from "../model/kind.ts";
import type { Observed } from "../model/observed.ts";
import type { Change } from "../model/plan.ts";
import { covers, valueAt } from "../model/pointer.ts";
import { addressOf, bindReferences, parentIdOf } from "./bind.ts";
import { collect } from "./observe.ts";
import { once, type Run } from "./run.ts";

/** What was seen just before a write. */
export interface Sight {
  readonly current?: Observed;
  readonly parentId?: string;
  /** Ids of live objects that could be mistaken for what a create or an upgrade makes. */
  readonly existing: readonly string[];
}

/** Why a change is not sent after all. */
export interface Moved {
  readonly status: "stale";
  readonly code: string;
  readonly because: string;
}

/** Reads the object once more and compares the fields the change is based on. */
export async function look(run: Run, change: Change): Promise<Sight | Moved> {
  const parentId = parentIdOf(run, change);
  await bindReferences(run, change, parentId);
  const within = parentId !== undefined ? { parentId } : {};
  if (change.action === "create") return lookForNothing(run, change, within);
  if (change.action === "release") return { existing: [], ...within };
  // A second change of the same object goes on from this run's own first one, which a lagging backend need not show yet.
  const own = run.made.get(change.address);
  const query = { kind: change.kind, id: change.observed.id, ...within };
  const current = own ?? (await collect(run.adapter, query, run.view.signal))[0];
  if (!current) return { status: "stale", code: "stale/gone", because: "it is not in the account any more" };
  const moved = own ? undefined : movedField(run, change, current.spec);
  if (moved !== undefined)
    return { status: "stale", code: "stale/field", because: `${moved} changed in the account since the plan was made` };
  const existing = change.action === "upgrade" ? (await siblings(run, change, within)).map(({ id }) => id) : [];
  return { current, existing, ...within };
}

interface Within {
  readonly parentId?: string;
}

function movedField(run: Run, change: Change & { readonly observed: { readonly spec: Spec } }, spec: Spec): string | undefined {
  const kind = run.kinds.get(change.kind);
  const now = (kind?.normalize(spec) ?? spec) as Spec;
  return change.basedOn.find((pointer) => {
    const planned = valueAt(change.observed.spec, pointer);
    const reference = kind?.references.find((one) => covers([one.pointer], pointer));
    return !equal(valueAt(now, pointer), reference && planned !== undefined ? inIds(run, change, { reference, planned }) : planned);
  });
}

/** What a plan spells as names, as the ids the account holds. */
function inIds(run: Run, change: Change, { reference, planned }: { readonly reference: Reference; readonly planned: Json }): Json {
  const toId = (name: Json): Json => run.plan.refers[addressOf(reference, change, name)] ?? name;
  return Array.isArray(planned) ? planned.map(toId) : toId(planned);
}

async function lookForNothing(run: Run, change: Change & { readonly key: string }, within: Within): Promise<Sight | Moved> {
  const same = (await siblings(run, change, within)).filter((one) => one.key === change.key);
  const kind = run.kinds.get(change.kind);
  if (same.some((one) => !kind?.gone(one.spec)))
    return { status: "stale", code: "stale/exists", because: "it has appeared in the account since the plan was made" };
  return { existing: same.map(({ id }) => id), ...within };
}

/** The kind's objects under a parent, read once in a run; in an object this run made there is nothing but what it made. */
async function siblings(run: Run, { kind, parent }: Change, within: Within): Promise<readonly Observed[]> {
  const parentIsNew = parent !== undefined && run.plan.refers[parent] === undefined && run.made.has(parent as Address);
  if (parentIsNew) return [];
  return once(run.lists, `${kind}\n${within.parentId ?? ""}`, () =>
    collect(run.adapter, { kind, ...within, whole: () => false }, run.view.signal),
  );
}
