import { AdapterError } from "../../../model/adapter.ts";
import { isSpec, type Json, type Spec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { idOf, textAt } from "../reading.ts";
import { acceptReply, type Call, type Wire } from "./client.ts";

type Reading = Pick<Call, "path" | "as" | "signal" | "headers">;

/** A page of a list. */
export interface ListPage {
  readonly items: readonly Spec[];
  /** No page follows. */
  readonly last: boolean;
}

/** All items of the pages. */
export async function* itemsOf(pages: AsyncIterable<ListPage>): AsyncGenerator<Spec> {
  for await (const { items } of pages) yield* items;
}

/** All items of a Partner Center collection, from all pages. */
export function collection(wire: Wire, reading: Reading): AsyncIterable<Spec> {
  return itemsOf(collectionPages(wire, reading));
}

/**
 * The pages of a Partner Center collection. Throws AdapterError `unavailable` if items are missing:
 * an incomplete list must not look like deletions.
 */
export async function* collectionPages(wire: Wire, reading: Reading): AsyncGenerator<ListPage> {
  let [seen, short, claimed] = [0, false, 0];
  const pages = pagesOf(reading, {
    ask: (call) => wire.api(call),
    items: "/items",
    next: (body) => following(reading, body),
  });
  for await (const { body, listed, ...page } of pages) {
    const total = Number(valueAt(body, "/totalCount") ?? listed);
    seen += page.items.length;
    short ||= listed < total;
    claimed = total;
    yield page;
  }
  // `totalCount` is the size of the page in this service and the size of the whole list in some
  // others.
  if (short && seen !== claimed) throw broken(reading, say`a page holds fewer items than it says`);
}

function following(first: Reading, body: Json | undefined): Reading | undefined {
  const uri = valueAt(body, "/links/next/uri");
  const token = valueAt(body, "/continuationToken");
  if (typeof uri === "string" && uri !== "") {
    const path = pathOf(first, uri);
    return {
      ...first,
      path: path.startsWith("/v1/") ? path : `/v1${path}`,
      headers: headersOf(body),
    };
  }
  if (typeof token !== "string" || token === "") return undefined;
  const path = `${first.path}${first.path.includes("?") ? "&" : "?"}seekOperation=Next`;
  return { ...first, path, headers: { "MS-ContinuationToken": token } };
}

/**
 * The headers for requesting the next page. Only `MS-` headers are taken from a response, so it
 * cannot set the host or the token.
 */
function headersOf(body: Json | undefined): Record<string, string> {
  const list = valueAt(body, "/links/next/headers");
  const pairs = (Array.isArray(list) ? list : []).map((one: Json) => [
    valueAt(one, "/key"),
    valueAt(one, "/value"),
  ]);
  return Object.fromEntries(
    pairs.filter(
      ([key, value]) =>
        typeof key === "string" && /^MS-[A-Za-z-]+$/i.test(key) && typeof value === "string",
    ),
  );
}

/**
 * The path and query of a link. Its host is ignored, because tokens go only to the configured host.
 */
function pathOf(reading: Reading, uri: string): string {
  if (!URL.canParse(uri, "https://host.invalid/"))
    throw broken(reading, say`the link to the next page is no URL`);
  const { pathname, search } = new URL(uri, "https://host.invalid/");
  return pathname + search;
}

/** All items of a Microsoft Graph collection, from all pages. */
export function odata(wire: Wire, reading: Reading): AsyncIterable<Spec> {
  return itemsOf(odataPages(wire, reading));
}

/** The pages of a Microsoft Graph collection. */
export async function* odataPages(wire: Wire, reading: Reading): AsyncGenerator<ListPage> {
  const next = (body: Json | undefined): Reading | undefined => {
    const link = valueAt(body, "/@odata.nextLink");
    return typeof link === "string" && link !== ""
      ? { ...reading, path: pathOf(reading, link) }
      : undefined;
  };
  for await (const { items, last } of pagesOf(reading, {
    ask: (call) => wire.graph(call),
    items: "/value",
    next,
  }))
    yield { items, last };
}

/** All values of an async sequence. */
export async function collectAll<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/**
 * Limits that stop endless lists: the number of pages, and the number of consecutive pages without
 * a new item.
 */
export const most = { pages: 10_000, empty: 20 } as const;

/**
 * How to read a list: `ask` sends a request, `items` points to the items in the body, `next`
 * returns the request for the next page.
 */
interface List {
  readonly ask: (call: Call) => ReturnType<Wire["api"]>;
  readonly items: string;
  readonly next: (body: Json | undefined) => Reading | undefined;
}

/**
 * A page with its response body. `listed` is the number of items including those already on an
 * earlier page.
 */
type Answered = ListPage & { readonly body: Json | undefined; readonly listed: number };

/** The pages of any list of objects. Items whose `id` came before are left out. */
export async function* pagesOf(
  reading: Reading,
  { ask, items, next: nextOf }: List,
): AsyncGenerator<Answered> {
  const known = { pages: new Set<string>(), ids: new Set<string>() };
  let empty = 0;
  for (let next: Reading | undefined = reading; next; ) {
    once(known.pages, next);
    const call: Call = { ...next, method: "GET" };
    const body = acceptReply(call, await ask(call));
    const listed = listAt(body, items, call);
    // If an item was added while reading, the last items of a page appear again on the next one.
    const own = listed.filter((item) => isNew(known.ids, item));
    next = nextOf(body);
    empty = own.length > 0 ? 0 : empty + 1;
    if (next && empty >= most.empty)
      throw broken(call, say`${empty} pages in a row brought nothing new`);
    yield { items: own, last: next === undefined, body, listed: listed.length };
  }
}

function isNew(ids: Set<string>, item: Spec): boolean {
  const id = textAt(item, "/id");
  if (id === undefined) return true;
  const before = ids.size;
  ids.add(idOf(id));
  return ids.size > before;
}

function listAt(body: Json | undefined, pointer: string, call: Reading): readonly Spec[] {
  const list = valueAt(body, pointer);
  if (!Array.isArray(list)) throw broken(call, say`the reply has no ${pointer.slice(1)}`);
  if (!list.every(isSpec)) throw broken(call, say`one of ${pointer.slice(1)} is no object`);
  return list;
}

/** Throws if the page was already requested, or if there are too many pages. */
function once(asked: Set<string>, { path, headers = {} }: Reading): void {
  const page = JSON.stringify([path, headers]);
  if (asked.has(page)) throw broken({ path }, say`a page leads back to one that was read already`);
  asked.add(page);
  if (asked.size > most.pages) throw broken({ path }, say`there are more than ${most.pages} pages`);
}

function broken({ path }: Pick<Reading, "path">, why: Wording): AdapterError {
  return new AdapterError(
    "unavailable",
    say`GET ${path.split("?", 1)[0] ?? path}: ${why}, so the list is not known whole.`,
  );
}
