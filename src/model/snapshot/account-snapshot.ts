// What was read of an account, with the time of each reading. It is a cache: it only says that an
// object needs no change, and nothing is written on its word.
import type { Query } from "../adapter.ts";
import type { Address } from "../address.ts";
import type { Hash } from "../ledger/ledger.ts";
import type { Observed } from "../observed.ts";
import type { Digest } from "../values/digest.ts";
import { equal } from "../values/json.ts";
import { leaves, valueAt } from "../values/pointer.ts";

/** An object as it was read. */
export interface ObjectReading {
  readonly observed: Observed;
  /** All of its fields were read, not only those that its list shows. */
  readonly whole: boolean;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** A complete list: the objects that a kind has, under a parent if it has one. */
export interface ReadList {
  readonly kind: string;
  readonly parentId?: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly ids: readonly string[];
}

/** The readings of one account. The functions below change it in place. */
export interface AccountSnapshot {
  readonly account: string;
  /** By `listKey`. */
  readonly lists: Map<string, ReadList>;
  /** By `objectKey`. */
  readonly objects: Map<string, ObjectReading>;
  /** The digest of each manifest that the readings of its object are good for. */
  readonly manifests: Map<Address, Digest>;
}

/** A snapshot as stored, and the ledger's head before its readings. */
export interface StoredSnapshot {
  readonly snapshot: AccountSnapshot;
  readonly head: Hash;
}

/** Returns a snapshot without readings. */
export function emptySnapshot(account: string): AccountSnapshot {
  return { account, lists: new Map(), objects: new Map(), manifests: new Map() };
}

/** The key of a list in a snapshot. */
export function listKey(kind: string, parentId = ""): string {
  return `${kind} ${parentId.toLowerCase()}`;
}

/** The key of an object in a snapshot. */
export function objectKey(kind: string, id: string): string {
  return `${kind} ${id.toLowerCase()}`;
}

/**
 * Records what a query for a list, or for some objects of it, returned. An object that was looked
 * up and not returned is removed.
 */
export function recordReading(
  snapshot: AccountSnapshot,
  query: Query,
  { items, at }: { readonly items: readonly Observed[]; readonly at: string },
): void {
  const key = listKey(query.kind, query.parentId);
  const before = snapshot.lists.get(key);
  for (const observed of items)
    recordObject(snapshot, { observed, at, whole: query.whole?.(observed) ?? true });
  const read = items.map(({ id }) => id);
  if (query.only) {
    if (before) replaceSought(snapshot, before, { query, read });
    return;
  }
  const { kind, parentId } = query;
  replaceList(snapshot, { kind, ...(parentId !== undefined && { parentId }), at, ids: read });
}

/** Removes a list, so that it counts as never read. */
export function dropList(snapshot: AccountSnapshot, kind: string, parentId?: string): void {
  snapshot.lists.delete(listKey(kind, parentId));
}

/** Keeps of an object only that it was in its list, so that it is read anew. */
export function dropDetails(
  { objects }: AccountSnapshot,
  kind: string,
  id: string | undefined,
): void {
  const key = objectKey(kind, id ?? "");
  const found = objects.get(key);
  if (found) objects.set(key, { ...found, whole: false });
}

/** The objects of a list, in the order of its last reading. */
export function objectsOf(
  { lists, objects }: AccountSnapshot,
  kind: string,
  parentId?: string,
): readonly ObjectReading[] {
  const { ids = [] } = lists.get(listKey(kind, parentId)) ?? {};
  return ids.flatMap((id) => objects.get(objectKey(kind, id)) ?? []);
}

/**
 * A reading of the list alone keeps the other fields of an earlier, whole reading, unless the list
 * shows that the object has changed since.
 */
function recordObject({ objects }: AccountSnapshot, reading: ObjectReading): void {
  const { kind, id } = reading.observed;
  const key = objectKey(kind, id);
  const earlier = objects.get(key);
  if (!reading.whole && earlier?.whole && isShownBy(reading.observed, earlier.observed)) return;
  objects.set(key, reading);
}

function isShownBy(item: Observed, whole: Observed): boolean {
  if (item.key !== whole.key || item.exempt !== whole.exempt) return false;
  for (const [pointer, value] of leaves(item.spec)) {
    const known = valueAt(whole.spec, pointer);
    if (known === undefined || !equal(known, value)) return false;
  }
  return true;
}

function replaceSought(
  snapshot: AccountSnapshot,
  before: ReadList,
  { query, read }: { readonly query: Query; readonly read: readonly string[] },
): void {
  const { kind } = query;
  const { ids = [], keys = [] } = query.only ?? {};
  const soughtIds = new Set(ids.map((id) => id.toLowerCase()));
  const soughtKeys = new Set(keys);
  const found = new Set(read.map((id) => id.toLowerCase()));
  const isSought = (id: string): boolean =>
    soughtIds.has(id.toLowerCase()) ||
    soughtKeys.has(snapshot.objects.get(objectKey(kind, id))?.observed.key ?? "");
  const kept = before.ids.filter((id) => found.has(id.toLowerCase()) || !isSought(id));
  const known = new Set(kept.map((id) => id.toLowerCase()));
  const added = read.filter((id) => !known.has(id.toLowerCase()));
  replaceList(snapshot, { ...before, ids: [...kept, ...added] });
}

function replaceList(snapshot: AccountSnapshot, list: ReadList): void {
  const key = listKey(list.kind, list.parentId);
  const kept = new Set(list.ids.map((id) => id.toLowerCase()));
  for (const id of snapshot.lists.get(key)?.ids ?? [])
    if (!kept.has(id.toLowerCase())) snapshot.objects.delete(objectKey(list.kind, id));
  snapshot.lists.set(key, list);
}
