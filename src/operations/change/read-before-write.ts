import type { Code } from "../../model/codes.ts";
import type { Query, Sought } from "../../model/adapter.ts";
import type { Address } from "../../model/address.ts";
import { equal, type Json, type Spec } from "../../model/values/json.ts";
import type { Reference } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import { type Change, isForLedger } from "../../model/plan/plan.ts";
import { covers, valueAt } from "../../model/values/pointer.ts";
import { say } from "../../model/text/say.ts";
import { likeness } from "../../plan/match/possible-duplicate.ts";
import { addressOf, bindReferences, parentIdOf } from "./resolve-references.ts";
import { collect } from "../plan/observe.ts";
import { once, type ApplyRun } from "../apply/apply-run.ts";

/** What was read directly before a write. */
export interface WriteReading {
  readonly current?: Observed;
  readonly parentId?: string;
  /** Ids of live objects that could be mistaken for what a create or an upgrade makes. */
  readonly existing: readonly string[];
}

/** Why a change is not sent: the account has changed. */
export interface Moved {
  readonly status: "stale";
  readonly code: Code;
  readonly because: string;
}

/**
 * Reads the object again and compares the fields that the change is based on. For a create, checks
 * that no such object has appeared. Throws an AdapterError if a read fails or a referenced object
 * is missing.
 */
export async function look(run: ApplyRun, change: Change): Promise<WriteReading | Moved> {
  const parentId = parentIdOf(run, change);
  const within = parentId !== undefined ? { parentId } : {};
  if (change.action === "create") return lookForNothing(run, change, within);
  await bindReferences(run, change, { ...within, near: [] });
  if (isForLedger(change)) return { existing: [], ...within };
  const others = change.action === "upgrade" ? await collect(run.adapter, { ...list(change), ...within }, run.view.signal) : [];
  // A later change starts from this run's earlier one, which a lagging backend may not show yet.
  const own = run.made.get(change.address);
  const current = own ?? others.find(({ id }) => id === change.observed.id) ?? (await readOne(run, change, within));
  if (!current) return { status: "stale", code: "stale/gone", because: say`it is not in the account any more` };
  const double = change.action === "upgrade" ? unexpected(run, change, others) : undefined;
  if (double) return double;
  const moved = own ? undefined : movedField(run, change, current.spec);
  if (moved !== undefined)
    return { status: "stale", code: "stale/field", because: say`${moved} changed in the account since the plan was made` };
  return { current, existing: others.map(({ id }) => id), ...within };
}

async function readOne(run: ApplyRun, { kind, observed, basedOn }: Change & Live, within: Within): Promise<Observed | undefined> {
  const query = { kind, id: observed.id, fields: basedOn, ...within };
  return (await collect(run.adapter, query, run.view.signal))[0];
}

/** Lists only the basics of each object: only the existence of similar objects matters. */
function list({ kind }: Change): Query {
  return { kind, whole: () => false };
}

type Creation = Extract<Change, { readonly action: "create" | "upgrade" }>;

interface Live {
  readonly observed: { readonly id: string; readonly spec: Spec };
}

interface Within {
  readonly parentId?: string;
}

function movedField(run: ApplyRun, change: Change & Live, spec: Spec): string | undefined {
  const kind = run.kinds.get(change.kind);
  const now = (kind?.normalize(spec) ?? spec) as Spec;
  return change.basedOn.find((pointer) => {
    const planned = valueAt(change.observed.spec, pointer);
    const reference = kind?.references.find((one) => covers([one.pointer], pointer));
    return !equal(valueAt(now, pointer), reference && planned !== undefined ? inIds(run, change, { reference, planned }) : planned);
  });
}

/** Replaces the names in a planned value by the ids of the account. */
function inIds(run: ApplyRun, change: Change, { reference, planned }: { readonly reference: Reference; readonly planned: Json }): Json {
  const toId = (name: Json): Json => run.plan.refers[addressOf(reference, change, name)] ?? name;
  return Array.isArray(planned) ? planned.map(toId) : toId(planned);
}

async function lookForNothing(
  run: ApplyRun,
  change: Creation & { readonly action: "create" },
  within: Within,
): Promise<WriteReading | Moved> {
  const near = await siblings(run, change, within);
  await bindReferences(run, change, { ...within, near });
  const same = near.filter((one) => one.key === change.key);
  const kind = run.kinds.get(change.kind);
  if (same.some((one) => !kind?.gone(one.spec)))
    return { status: "stale", code: "stale/exists", because: say`it has appeared in the account since the plan was made` };
  return unexpected(run, change, near) ?? { existing: same.map(({ id }) => id), ...within };
}

/** Finds a live object that could be the one to be made and that the plan did not list. */
function unexpected(run: ApplyRun, change: Creation, near: readonly Observed[]): Moved | undefined {
  const kind = run.kinds.get(change.kind);
  const like = kind && likeness(change.desired, kind);
  if (!kind || like === undefined) return undefined;
  const { beside = [] } = change;
  const alike = near.filter(
    (one) => !beside.includes(one.id) && !kind.gone(one.spec) && likeness(kind.normalize(one.spec) as Spec, kind) === like,
  );
  const made = alike.length === 0 ? [] : [...run.made.values()].map(({ id }) => id);
  const found = alike.find(({ id }) => !made.includes(id));
  if (!found) return undefined;
  const because = say`${found.key} (${found.id}) has appeared in the account since the plan was made, and could be the same.`;
  return { status: "stale", code: "stale/possible-duplicate", because };
}

/**
 * The kind's objects under the change's parent, read once per run. Empty if this run made the
 * parent. Without a parent, only the keys that the plan creates are looked up.
 */
async function siblings(run: ApplyRun, change: Change, within: Within): Promise<readonly Observed[]> {
  const { kind, parent } = change;
  const parentIsNew = parent !== undefined && run.plan.refers[parent] === undefined && run.made.has(parent as Address);
  if (parentIsNew) return [];
  return once(run.lists, `${kind}\n${within.parentId ?? ""}`, () => {
    const only = within.parentId === undefined ? { only: toMake(run, kind) } : {};
    return collect(run.adapter, { ...list(change), ...within, ...only }, run.view.signal);
  });
}

/** A narrowed plan does not know how many objects exist, and its cost must not depend on that. */
function toMake({ plan }: ApplyRun, kind: string): Sought {
  const keys = plan.changes.flatMap((one) => (one.action === "create" && one.by === "adapter" && one.kind === kind ? one.key : []));
  return { ids: [], keys, ...(plan.scope && { among: Number.POSITIVE_INFINITY }) };
}
