import { equal, type Spec } from "../model/json.ts";
import type { Observed } from "../model/observed.ts";
import type { Change } from "../model/plan.ts";
import { valueAt } from "../model/pointer.ts";
import type { Status } from "../model/receipt.ts";
import type { Run } from "./attempt.ts";
import { bindReferences, parentOf } from "./bind.ts";
import { collect } from "./observe.ts";

/** What was seen just before a write. */
export interface Sight {
  readonly current?: Observed;
  readonly parentId?: string;
  /** Ids of live objects that could be mistaken for what a create or an upgrade makes. */
  readonly existing: readonly string[];
}

/** Why a change is not sent after all. */
export interface Moved {
  readonly status: Status;
  readonly code: string;
  readonly because: string;
}

/** Reads the object once more and compares the fields the change is based on. */
export async function look(run: Run, change: Change): Promise<Sight | Moved> {
  const parentId = await parentOf(run, change);
  await bindReferences(run, change, parentId);
  if (change.action === "create") return lookForNothing(run, change, parentId);
  if (change.action === "release") return { existing: [] };
  const first = run.bound.get(change.address);
  const id = first?.id ?? change.observed.id;
  const [current] = await collect(run.adapter, { kind: change.kind, id, ...(parentId !== undefined && { parentId }) }, run.view.signal);
  if (!current) return { status: "stale", code: "stale/gone", because: "it is not in the account any more" };
  run.bound.set(change.address, current);
  // A second change of the same object comes after this run's own first one, which moved what it was planned on.
  const moved = first ? undefined : movedField(run, change, current.spec);
  if (moved !== undefined) return { status: "stale", code: "stale/field", because: `${moved} changed in the account since the plan was made` };
  const existing = change.action === "upgrade" ? (await siblings(run, change.kind, parentId)).map((one) => one.id) : [];
  return { current, existing, ...(parentId !== undefined && { parentId }) };
}

function movedField(run: Run, change: Change & { readonly observed: { readonly spec: Spec } }, spec: Spec): string | undefined {
  const now = (run.kinds.get(change.kind)?.normalize(spec) ?? spec) as Spec;
  return change.basedOn.find((pointer) => !equal(valueAt(now, pointer), valueAt(change.observed.spec, pointer)));
}

async function lookForNothing(run: Run, change: Change & { readonly key: string }, parentId: string | undefined): Promise<Sight | Moved> {
  const known = await siblings(run, change.kind, parentId);
  const same = known.filter((one) => one.key === change.key);
  const kind = run.kinds.get(change.kind);
  if (same.some((one) => !kind?.gone(one.spec))) return { status: "stale", code: "stale/exists", because: "it has appeared in the account since the plan was made" };
  return { existing: same.map(({ id }) => id), ...(parentId !== undefined && { parentId }) };
}

/** The kind's objects under a parent, read once in a run; what lives in an object this run made is this run's own. */
async function siblings(run: Run, kind: string, parentId: string | undefined): Promise<readonly Observed[]> {
  const place = `${kind}\n${parentId ?? ""}`;
  const reading = run.lists.get(place) ?? collect(run.adapter, { kind, ...(parentId !== undefined && { parentId }) }, run.view.signal);
  run.lists.set(place, reading);
  return reading;
}
