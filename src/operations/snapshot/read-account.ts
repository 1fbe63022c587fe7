// Reads an account by a snapshot: what was never read, what is too old, and what a plan touches.
import type { Query } from "../../model/adapter.ts";
import type { Address } from "../../model/address.ts";
import {
  type AccountSnapshot,
  listKey,
  objectKey,
  objectsOf,
  recordReading,
} from "../../model/snapshot/account-snapshot.ts";
import type { Kind } from "../../model/kind.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Observed } from "../../model/observed.ts";
import type { Desired } from "../../model/resource.ts";
import { type OnRead, parentKindOf, readExtent, readQueries } from "../plan/observe.ts";
import { readScope } from "../plan/read-scope.ts";
import type { Project, View } from "../project/project.ts";

/** What the readings of one run need. */
export interface Reading {
  readonly project: Project;
  readonly view: View;
  readonly snapshot: AccountSnapshot;
  readonly desired: Desired;
  readonly state: LedgerState;
  /** What was read in this run: lists by `listKey`, objects by `objectKey`. */
  readonly fresh: Set<string>;
  /** How many queries were answered in this run. */
  queries: number;
  /** The whole account is read in this run: nothing of a plan rests on the snapshot. */
  isWhole: boolean;
}

/**
 * Reads the lists that were never read, and the objects of which only the list's fields are known.
 */
export async function readMissing(reading: Reading): Promise<void> {
  const { project, view, snapshot } = reading;
  const isWanted = wantedBy(reading);
  const roots = readableKinds(reading).filter(({ parent }) => parent === undefined);
  const unread = roots.filter(({ name }) => !snapshot.lists.has(listKey(name)));
  const { parallelism } = project.settings;
  const onRead = recorder(reading);
  const isUnknown = (one: Observed): boolean =>
    isWanted(one) && snapshot.objects.get(objectKey(one.kind, one.id))?.whole !== true;
  const lists = unread.map(({ name }): Query => ({ kind: name, whole: isUnknown }));
  await readQueries(view, lists, { parallelism, onRead });
  const partial = roots.flatMap(({ name }) => partQuery(snapshot, name, isWanted));
  await readQueries(view, partial, { parallelism, onRead });
  const children = childLists(reading).filter(
    ({ kind, parentId }) => !snapshot.lists.has(listKey(kind, parentId)),
  );
  await readQueries(view, children, { parallelism, onRead });
}

/** Reads what resources need, as for a plan that is narrowed to them. */
export async function readTouched(reading: Reading, touched: ReadonlySet<Address>): Promise<void> {
  if (touched.size === 0) return;
  const { project, view, desired, state } = reading;
  const extent = readScope(project, desired, { scope: [...touched], state });
  await readExtent(project.kinds, view, extent, recorder(reading));
}

/** Reads the account as if there were no snapshot. */
export async function readWhole(reading: Reading): Promise<void> {
  const { project, view, desired, state } = reading;
  const extent = readScope(project, desired, { scope: undefined, state });
  await readExtent(project.kinds, view, extent, recorder(reading));
}

/** All objects of the snapshot that are in a list, under a parent that is in a list too. */
export function observedBy(reading: Reading): readonly Observed[] {
  const { snapshot } = reading;
  const roots = readableKinds(reading)
    .filter(({ parent }) => parent === undefined)
    .flatMap(({ name }) => objectsOf(snapshot, name));
  const children = childLists(reading).flatMap(({ kind, parentId }) =>
    objectsOf(snapshot, kind, parentId),
  );
  return [...roots, ...children].map(({ observed }) => observed);
}

/** The lists of each object that can contain others. */
export function childLists(reading: Reading): readonly (Query & { readonly parentId: string })[] {
  return readableKinds(reading).flatMap((kind) => {
    const parent = kind.parent === undefined ? undefined : parentKindOf(kind);
    const parents = parent === undefined ? [] : objectsOf(reading.snapshot, parent);
    return parents.map(({ observed }) => ({ kind: kind.name, parentId: observed.id }));
  });
}

/** The kinds that the backend can read. */
export function readableKinds({ project, view }: Reading): readonly Kind[] {
  return project.kinds.filter(({ name }) => view.reader.supports[name] !== undefined);
}

/** Records each list that is read, and that it was read in this run. */
export function recorder(reading: Reading): OnRead {
  const { snapshot, fresh } = reading;
  return (query, items, at) => {
    reading.queries += 1;
    if (!query.only) fresh.add(listKey(query.kind, query.parentId));
    for (const one of items) if (query.whole?.(one) ?? true) fresh.add(objectKey(one.kind, one.id));
    recordReading(snapshot, query, { items, at });
  };
}

/** Whether an object may be declared, so that all of its fields are needed. */
export function wantedBy({ project, desired, state }: Reading): (one: Observed) => boolean {
  return readScope(project, desired, { scope: undefined, state }).whole ?? (() => true);
}

function partQuery(
  snapshot: AccountSnapshot,
  kind: string,
  isWanted: (one: Observed) => boolean,
): readonly Query[] {
  const all = objectsOf(snapshot, kind);
  const ids = all
    .filter(({ whole, observed }) => !whole && isWanted(observed))
    .map(({ observed }) => observed.id);
  if (ids.length === 0) return [];
  const only = { ids, keys: [], among: all.length, whole: ids.length };
  return [{ kind, whole: isWanted, only }];
}
