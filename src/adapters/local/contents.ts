import type { Spec } from "../../model/values/json.ts";

/** An object as the account stores it. */
export interface Stored {
  readonly kind: string;
  readonly id: string;
  /** The natural key, normalized. */
  readonly key: string;
  readonly parentId?: string;
  readonly spec: Spec;
  /** Set for a guest, or a user synchronized from another directory. */
  readonly exempt?: "guest" | "synced";
  /** The number of writes, starting at 1. Used as the ETag. */
  readonly version: number;
  /** SHA-256 of a new user's temporary password. */
  readonly passwordHash?: string;
  /** RFC 3339. The subscription is pending for a configured time after this. */
  readonly orderedAt?: string;
  /** The term as it was bought, instead of one that begins on the day after `orderedAt`. */
  readonly term?: { readonly startsOn: string; readonly endsOn: string };
  /** False: the term ends for good. */
  readonly autoRenew?: false;
  /** RFC 3339. The service deletes the data 60 days later. */
  readonly suspendedAt?: string;
  /** RFC 3339. A deleted object is not returned by reads. */
  readonly deletedAt?: string;
}

interface Hidden {
  readonly before: Stored | undefined;
  readonly until: number;
}

interface Contents {
  readonly account: string;
  readonly principal: string;
  readonly byId: Map<string, Map<string, Stored>>;
  /** Ids by kind and parent. The parent of an object never changes. */
  readonly byParent: Map<string, Map<string, string[]>>;
  /** Ids of existing objects by kind and key. Only objects without a parent. */
  readonly byKey: Map<string, Map<string, string>>;
  readonly answers: Map<string, string>;
  readonly hidden: Map<string, readonly Hidden[]>;
}

/** An account without objects. */
export function emptyContents(): Contents {
  return {
    account: "",
    principal: "",
    byId: new Map(),
    byParent: new Map(),
    byKey: new Map(),
    answers: new Map(),
    hidden: new Map(),
  };
}

/**
 * Stores an object. Reads do not show it before `until` (milliseconds since 1970, 0 for at
 * once).
 */
export function putObject(contents: Contents, object: Stored, until: number): void {
  const { kind, id, parentId } = object;
  const siblings = within(contents.byId, kind, () => new Map<string, Stored>());
  const before = siblings.get(id);
  siblings.set(id, object);
  if (parentId === undefined) nameObject(contents, before, object);
  else if (before === undefined)
    within(
      within(contents.byParent, kind, () => new Map()),
      parentId,
      () => [],
    ).push(id);
  if (until > 0)
    contents.hidden.set(`${kind}/${id}`, [
      ...(contents.hidden.get(`${kind}/${id}`) ?? []),
      { before, until },
    ]);
}

function nameObject(
  { byKey }: Contents,
  before: Stored | undefined,
  { kind, id, key, deletedAt }: Stored,
): void {
  const keys = within(byKey, kind, () => new Map<string, string>());
  if (before && before.key !== key) keys.delete(before.key);
  if (deletedAt === undefined) keys.set(key, id);
  else if (keys.get(key) === id) keys.delete(key);
}

/** All objects of a kind under a parent, also deleted ones. */
export function* childrenIn(contents: Contents, kind: string, parentId: string): Generator<Stored> {
  const all = contents.byId.get(kind);
  for (const id of contents.byParent.get(kind)?.get(parentId) ?? []) {
    const object = all?.get(id);
    if (object) yield object;
  }
}

function within<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** The object as reads show it at that time. Undefined if it is deleted or not visible yet. */
export function showObject(contents: Contents, object: Stored, now: number): Stored | undefined {
  if (contents.hidden.size === 0) return object.deletedAt === undefined ? object : undefined;
  const waiting = contents.hidden.get(`${object.kind}/${object.id}`);
  const first = waiting?.find((one) => one.until > now);
  if (waiting && !first) contents.hidden.delete(`${object.kind}/${object.id}`);
  const seen = first ? first.before : object;
  return seen?.deletedAt === undefined ? seen : undefined;
}
