import { AdapterError } from "../../model/adapter.ts";
import { say } from "../../model/text/phrase.ts";
import { childrenIn, emptyContents, putObject, showObject, type Stored } from "./contents.ts";
import type { Log } from "./log.ts";

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
    for (const object of entry.objects) putObject(contents, object, until > lag.time() ? until : 0);
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
        : childrenIn(contents, kind, parentId)) ?? [],
    shown: (object) => showObject(contents, object, lag.time()),
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

/** Returns the existing object. Throws AdapterError `missing` if it is unknown or deleted. */
export function findLiving(account: LocalAccount, kind: string, id: string): Stored {
  const object = account.find(kind, id);
  if (object === undefined)
    throw new AdapterError("missing", say`There is no ${kind} with the id ${id}.`);
  if (object.deletedAt !== undefined)
    throw new AdapterError(
      "missing",
      say`The ${kind} ${object.key} was deleted on ${object.deletedAt.slice(0, 10)}.`,
    );
  return object;
}
