// The ages of readings: which are too old, and reading those anew.
import type { Query } from "../../model/adapter.ts";
import { compare } from "../../model/diagnostic.ts";
import {
  type AccountSnapshot,
  listKey,
  objectKey,
  objectsOf,
} from "../../model/snapshot/account-snapshot.ts";
import type { Observed } from "../../model/observed.ts";
import type { Readings } from "../../model/snapshot/readings.ts";
import { readQueries, requestsOf } from "../plan/observe.ts";
import { knownCounts } from "../plan/read-narrowed.ts";
import type { SnapshotUse } from "../project/project.ts";
import { childLists, type Reading, readableKinds, recorder, wantedBy } from "./read-account.ts";

/** A part of the account that is read at once, and when it was last read. */
export interface DatedReading {
  /** RFC 3339, UTC. Empty if it was never read. */
  readonly at: string;
  readonly query: Query;
  /** The number of objects in it that may be declared. */
  readonly objects: number;
}

/** The number of objects that are looked up by their ids in one query. */
const lookedUpTogether = 20;

/**
 * The parts of the account, oldest first: lists, and the objects of a top-level list that may be
 * declared.
 */
export function datedReadings(reading: Reading): readonly DatedReading[] {
  const { snapshot } = reading;
  const roots = readableKinds(reading).filter(({ parent }) => parent === undefined);
  const isWanted = wantedBy(reading);
  const lists = roots.map(({ name }): DatedReading => {
    const at = snapshot.lists.get(listKey(name))?.at ?? "";
    return { at, query: { kind: name, whole: () => false }, objects: 0 };
  });
  const children = childLists(reading).map((query): DatedReading => {
    const at = snapshot.lists.get(listKey(query.kind, query.parentId))?.at ?? "";
    const all = objectsOf(snapshot, query.kind, query.parentId);
    return { at, query, objects: all.filter(({ observed }) => isWanted(observed)).length };
  });
  const objects = roots.flatMap(({ name }) => objectReadings(snapshot, name, isWanted));
  return [...lists, ...objects, ...children].sort(inTime);
}

/** Objects that are not read as a whole yet come first. */
function objectReadings(
  snapshot: AccountSnapshot,
  kind: string,
  isWanted: (one: Observed) => boolean,
): readonly DatedReading[] {
  const wanted = objectsOf(snapshot, kind)
    .filter(({ observed }) => isWanted(observed))
    .map(({ observed, whole, at }) => ({ id: observed.id, at: whole ? at : "" }))
    .sort(inTime);
  const unread = wanted.filter(({ at }) => at === "");
  const groups = [...inGroups(unread), ...inGroups(wanted.slice(unread.length))];
  return groups.map((group) => {
    const ids = group.map(({ id }) => id);
    const only = { ids, keys: [], among: Number.POSITIVE_INFINITY, whole: ids.length };
    return { at: group[0]?.at ?? "", query: { kind, only }, objects: group.length };
  });
}

function inGroups<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / lookedUpTogether) }, (_, index) =>
    all.slice(index * lookedUpTogether, (index + 1) * lookedUpTogether),
  );
}

function inTime(left: { readonly at: string }, right: { readonly at: string }): number {
  return compare(left.at, right.at);
}

/** Reads what is older than it may be, oldest first, while requests are left. */
export async function readOldest(
  reading: Reading,
  { maxAge, maxRequests }: SnapshotUse,
): Promise<void> {
  const { view, project } = reading;
  const old = oldReadings(reading, maxAge);
  const spent = countSpent(reading);
  const { parallelism } = project.settings;
  for (let next = 0; next < old.length && spent() < maxRequests; next += parallelism) {
    const queries = old.slice(next, next + parallelism).map(({ query }) => query);
    await readQueries(view, queries, { parallelism, onRead: recorder(reading) });
  }
}

/** Counts requests from now on; queries, where the backend does not count requests. */
export function countSpent(reading: Reading): () => number {
  const total = (): number => requestsOf(reading.view) ?? reading.queries;
  const before = total();
  return () => total() - before;
}

/** What was read longer ago than so many milliseconds, or never; not what this run has read. */
export function oldReadings(reading: Reading, maxAge: number): readonly DatedReading[] {
  return tooOld(reading, rememberedIn(reading, datedReadings(reading)), maxAge);
}

function tooOld(
  { view }: Reading,
  readings: readonly DatedReading[],
  maxAge: number,
): readonly DatedReading[] {
  const limit = new Date(Date.parse(view.now()) - maxAge).toISOString();
  return readings.filter(({ at }) => at < limit);
}

/** Those that this run has not read. */
function rememberedIn(
  reading: Reading,
  readings: readonly DatedReading[],
): readonly DatedReading[] {
  return readings.filter((one) => !isFresh(reading, one));
}

function isFresh({ fresh }: Reading, { query }: DatedReading): boolean {
  const { kind, parentId, only } = query;
  return only
    ? only.ids.every((id) => fresh.has(objectKey(kind, id)))
    : fresh.has(listKey(kind, parentId));
}

/** How old the readings of a plan are. */
export function ageOfReadings(reading: Reading, { maxAge }: SnapshotUse): Readings {
  const dated = datedReadings(reading);
  const remembered = rememberedIn(reading, dated);
  const total = (all: readonly DatedReading[]): number =>
    all.reduce((sum, { objects }) => sum + objects, 0);
  return {
    oldest: (remembered[0] ?? dated[0])?.at ?? reading.view.now(),
    remembered: total(remembered),
    unknown: total(tooOld(reading, remembered, maxAge)),
  };
}

/**
 * By kind: the number of objects that the ledger and the manifests know, for kinds of which some
 * list was not read in this run. A guard may not count on more.
 */
export function uncertainCounts(reading: Reading): Readonly<Record<string, number>> {
  const { desired, state, fresh } = reading;
  const known = knownCounts(desired, state);
  const roots = readableKinds(reading)
    .filter(({ parent, name }) => parent === undefined && !fresh.has(listKey(name)))
    .map(({ name }) => name);
  const children = childLists(reading)
    .filter(({ kind, parentId }) => !fresh.has(listKey(kind, parentId)))
    .map(({ kind }) => kind);
  const uncertain = new Set([...roots, ...children]);
  return Object.fromEntries([...uncertain].map((kind) => [kind, known[kind] ?? 0]));
}
