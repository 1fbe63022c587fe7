import { AdapterError } from "../../model/adapter.ts";
import type { Spec } from "../../model/values/json.ts";
import { say } from "../../model/text/say.ts";
import type { Log } from "./log.ts";

/** An object as the account keeps it. */
export interface Stored {
  readonly kind: string;
  readonly id: string;
  /** The natural key, in one spelling. */
  readonly key: string;
  readonly parentId?: string;
  readonly spec: Spec;
  /** A guest, or a user that is kept in step with a directory elsewhere. */
  readonly exempt?: "guest" | "synced";
  /** Counts its writes from 1: the ETag. */
  readonly version: number;
  /** SHA-256 of a new user's temporary password. */
  readonly passwordHash?: string;
  /** RFC 3339; pending for a while after this. */
  readonly orderedAt?: string;
  /** RFC 3339; its data is deleted 60 days later. */
  readonly suspendedAt?: string;
  /** RFC 3339; it shows in no reading any more. */
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
      /** Left out where it need not be remembered. */
      readonly request?: string;
      readonly reply: string;
      readonly objects: readonly Stored[];
    };

/** Everything the account holds, indexed; it follows its file, whoever writes there. */
export interface LocalAccount {
  id(): string;
  principal(): string;
  /** Takes in what was written since; call it before the rest. */
  refresh(): void;
  /** The object as it really is, a deleted one too. */
  find(kind: string, id: string): Stored | undefined;
  /** What really lives under this key; for kinds without a parent, whose keys are unique. */
  withKey(kind: string, key: string): Stored | undefined;
  /** Everything of a kind, or of a kind under a parent, as it really is, deleted objects too. */
  all(kind: string, parentId?: string): Iterable<Stored>;
  /** The object as a reading shows it: late, where the account lags, and not once it is deleted. */
  shown(object: Stored): Stored | undefined;
  /** The id of the object that a request with this id was answered with. */
  answered(request: string): string | undefined;
  /** Takes a write in at once and is durable when it returns; throws an AdapterError that says whether it happened. */
  write(entry: Extract<AccountEntry, { type: "written" }>): Promise<void>;
}

interface Hidden {
  readonly before: Stored | undefined;
  readonly until: number;
}

/** For how many seconds a write stays unseen, and what time it is, in milliseconds since 1970. */
type Lag = { readonly seconds: number; readonly time: () => number };

/** The account in a log; `founding` is what it holds until something is written. */
export function openAccount(log: Log, founding: Extract<AccountEntry, { type: "founded" }>, lag: Lag): LocalAccount {
  let contents = emptyContents();
  let founded = false;

  function restart(): void {
    founded = false;
    contents = emptyContents();
    take(founding);
  }

  // Two processes that both found the account write the same line twice; what was taken in since must not be lost.
  function take(entry: AccountEntry): void {
    if (entry.type === "founded" && founded) return;
    if (entry.type === "founded") contents = { ...emptyContents(), account: entry.account, principal: entry.principal };
    else if (entry.request !== undefined) contents.answers.set(entry.request, entry.reply);
    const until = entry.type === "founded" || lag.seconds === 0 ? 0 : Date.parse(entry.at) + lag.seconds * 1000;
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
    all: (kind, parentId) => (parentId === undefined ? contents.byId.get(kind)?.values() : children(contents, kind, parentId)) ?? [],
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
  /** Ids, by kind and parent: a child never moves. */
  readonly byParent: Map<string, Map<string, string[]>>;
  /** The id of what lives, by kind and key; objects without a parent only. */
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
  if (until > 0) contents.hidden.set(`${kind}/${id}`, [...(contents.hidden.get(`${kind}/${id}`) ?? []), { before, until }]);
}

function name({ byKey }: Contents, before: Stored | undefined, { kind, id, key, deletedAt }: Stored): void {
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

/** The object, or the reason why a write cannot have it: `missing`, with what became of it. */
export function findLiving(account: LocalAccount, kind: string, id: string): Stored {
  const object = account.find(kind, id);
  if (object === undefined) throw new AdapterError("missing", say`there is no ${kind} with the id ${id}`);
  if (object.deletedAt !== undefined)
    throw new AdapterError("missing", say`the ${kind} ${object.key} was deleted on ${object.deletedAt.slice(0, 10)}`);
  return object;
}
