import { AdapterError } from "../../model/adapter.ts";
import type { Spec } from "../../model/values/json.ts";
import { say } from "../../model/text/say.ts";
import type { Log } from "./log.ts";

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
  /** RFC 3339. The service deletes the data 60 days later. */
  readonly suspendedAt?: string;
  /** RFC 3339. A deleted object is not returned by reads. */
  readonly deletedAt?: string;
}

/** A line of the account's file. */
export type AccountEntry =
  | {
      readonly type: "founded";
      readonly version: 1;
      readonly account: string;
      readonly principal: string;
      readonly objects: readonly Stored[];
    }
  | {
      readonly type: "written";
      readonly at: string;
      /** The request id. Omitted if the write is not repeatable. */
      readonly request?: string;
      readonly reply: string;
      readonly objects: readonly Stored[];
    };

/** All objects of the account, indexed. */
export interface LocalAccount {
  id(): string;
  principal(): string;
  /** Reads the entries written since the last call. Call it before the other methods. */
  refresh(): void;
  /** The current object, ignoring lag; also a deleted one. */
  find(kind: string, id: string): Stored | undefined;
  /** The existing object with this key, ignoring lag. Only for kinds without a parent. */
  withKey(kind: string, key: string): Stored | undefined;
  /** All current objects of a kind or parent, ignoring lag. Includes deleted objects. */
  all(kind: string, parentId?: string): Iterable<Stored>;
  /** The object as reads show it, with lag. Undefined if deleted or not visible yet. */
  shown(object: Stored): Stored | undefined;
  /** The id of the object returned for this request id. Undefined if unknown. */
  answered(request: string): string | undefined;
  /** Resolves when durable. Throws AdapterError; only `unknown-outcome` may have taken effect. */
  write(entry: Extract<AccountEntry, { type: "written" }>): Promise<void>;
}

interface Hidden {
  readonly before: Stored | undefined;
  readonly until: number;
}

/** `seconds`: how long reads do not show a write. `time`: now in milliseconds since 1970. */
type Lag = { readonly seconds: number; readonly time: () => number };

/** Opens the account in a log. `founding` is its content until the first write. */
export function openAccount(
  log: Log,
  founding: Extract<AccountEntry, { type: "founded" }>,
  lag: Lag,
): LocalAccount {
  let contents = emptyContents();
  let founded = false;

  function restart(): void {
    founded = false;
    contents = emptyContents();
    take(founding);
  }

  // Two processes may both write `founded`; the second is ignored to keep later writes.
  function take(entry: AccountEntry): void {
    if (entry.type === "founded" && founded) return;
    if (entry.type === "founded")
      contents = { ...emptyContents(), account: entry.account, principal: entry.principal };
    else if (entry.request !== undefined) contents.answers.set(entry.request, entry.reply);
    const until =
      entry.type === "founded" || lag.seconds === 0 ? 0 : Date.parse(entry.at) + lag.seconds * 1000;
    for (const object of entry.objects) put(contents, object, until > lag.time() ? until : 0);
  }

  const listener = {
    restart,
    take(entry: unknown) {
      take(entry as AccountEntry);
      founded = true;
    },
  };
  take(founding);

  return {
    id: () => contents.account,
    principal: () => contents.principal,
    refresh: () => log.follow(listener),
    find: (kind, id) => contents.byId.get(kind)?.get(id),
    all: (kind, parentId) =>
      (parentId === undefined
        ? contents.byId.get(kind)?.values()
        : children(contents, kind, parentId)) ?? [],
    shown: (object) => show(contents, object, lag.time()),
    answered: (request) => contents.answers.get(request),
    withKey: (kind, key) => contents.byId.get(kind)?.get(contents.byKey.get(kind)?.get(key) ?? ""),
    async write(entry) {
      const first = founded ? [] : [founding];
      founded = true;
      take(entry);
      await log.append(...first, entry);
    },
  };
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

function emptyContents(): Contents {
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

function put(contents: Contents, object: Stored, until: number): void {
  const { kind, id, parentId } = object;
  const siblings = within(contents.byId, kind, () => new Map<string, Stored>());
  const before = siblings.get(id);
  siblings.set(id, object);
  if (parentId === undefined) name(contents, before, object);
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

function name(
  { byKey }: Contents,
  before: Stored | undefined,
  { kind, id, key, deletedAt }: Stored,
): void {
  const keys = within(byKey, kind, () => new Map<string, string>());
  if (before && before.key !== key) keys.delete(before.key);
  if (deletedAt === undefined) keys.set(key, id);
  else if (keys.get(key) === id) keys.delete(key);
}

function* children(contents: Contents, kind: string, parentId: string): Generator<Stored> {
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

function show(contents: Contents, object: Stored, now: number): Stored | undefined {
  if (contents.hidden.size === 0) return object.deletedAt === undefined ? object : undefined;
  const waiting = contents.hidden.get(`${object.kind}/${object.id}`);
  const first = waiting?.find((one) => one.until > now);
  if (waiting && !first) contents.hidden.delete(`${object.kind}/${object.id}`);
  const seen = first ? first.before : object;
  return seen?.deletedAt === undefined ? seen : undefined;
}

/** Returns the existing object. Throws AdapterError `missing` if it is unknown or deleted. */
export function findLiving(account: LocalAccount, kind: string, id: string): Stored {
  const object = account.find(kind, id);
  if (object === undefined)
    throw new AdapterError("missing", say`there is no ${kind} with the id ${id}`);
  if (object.deletedAt !== undefined)
    throw new AdapterError(
      "missing",
      say`the ${kind} ${object.key} was deleted on ${object.deletedAt.slice(0, 10)}`,
    );
  return object;
}
