import { AdapterError } from "../../model/adapter.ts";
import type { Json } from "../../model/json.ts";
import { valueAt } from "../../model/pointer.ts";
import { say } from "../../model/say.ts";
import { accepted, type Call, type Wire } from "./wire.ts";

type Reading = Pick<Call, "path" | "as" | "signal" | "headers">;

/** A page of a list. */
export interface Page {
  readonly items: readonly Json[];
  /** No other follows it. */
  readonly last: boolean;
}

/** Every item of pages. */
export async function* itemsOf(pages: AsyncIterable<Page>): AsyncGenerator<Json> {
  for await (const { items } of pages) yield* items;
}

/** Every item of a Partner Center collection, all pages. */
export function collection(wire: Wire, reading: Reading): AsyncIterable<Json> {
  return itemsOf(collectionPages(wire, reading));
}

/** The pages of a Partner Center collection; throws where one is short, for a list that ends early must never look like a deletion. */
export async function* collectionPages(wire: Wire, reading: Reading): AsyncGenerator<Page> {
  let next: Reading | undefined = reading;
  let [seen, short, claimed] = [0, false, 0];
  const asked = new Set<string>();
  while (next) {
    once(asked, next);
    const call: Call = { ...next, method: "GET" };
    const body = accepted(call, await wire.api(call));
    const items = listAt(body, "/items", call);
    const total = Number(valueAt(body, "/totalCount") ?? items.length);
    seen += items.length;
    short ||= items.length < total;
    claimed = total;
    next = following(reading, body);
    yield { items, last: next === undefined };
  }
  // Some services count the whole list where this one counts the page.
  if (short && seen !== claimed) throw broken(reading, say`a page holds fewer items than it says`);
}

function following(first: Reading, body: Json | undefined): Reading | undefined {
  const uri = valueAt(body, "/links/next/uri");
  const token = valueAt(body, "/continuationToken");
  if (typeof uri === "string" && uri !== "") {
    const path = pathOf(uri);
    return { ...first, path: path.startsWith("/v1/") ? path : `/v1${path}`, headers: headersOf(body) };
  }
  if (typeof token !== "string" || token === "") return undefined;
  const path = `${first.path}${first.path.includes("?") ? "&" : "?"}seekOperation=Next`;
  return { ...first, path, headers: { "MS-ContinuationToken": token } };
}

function headersOf(body: Json | undefined): Record<string, string> {
  const list = valueAt(body, "/links/next/headers");
  const pairs = (Array.isArray(list) ? list : []).map((one: Json) => [valueAt(one, "/key"), valueAt(one, "/value")]);
  return Object.fromEntries(pairs.filter(([key, value]) => typeof key === "string" && typeof value === "string"));
}

/** A link without its host: tokens go to the configured one alone. */
function pathOf(uri: string): string {
  const { pathname, search } = new URL(uri, "https://host.invalid/");
  return pathname + search;
}

/** Every item of a directory collection, all pages. */
export function odata(wire: Wire, reading: Reading): AsyncIterable<Json> {
  return itemsOf(odataPages(wire, reading));
}

/** The pages of a directory collection. */
export async function* odataPages(wire: Wire, reading: Reading): AsyncGenerator<Page> {
  let next: Reading | undefined = reading;
  const asked = new Set<string>();
  while (next) {
    once(asked, next);
    const call: Call = { ...next, method: "GET" };
    const body = accepted(call, await wire.graph(call));
    const items = listAt(body, "/value", call);
    const link = valueAt(body, "/@odata.nextLink");
    next = typeof link === "string" && link !== "" ? { ...reading, path: pathOf(link) } : undefined;
    yield { items, last: next === undefined };
  }
}

/** Everything a sequence yields. */
export async function gathered<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function listAt(body: Json | undefined, pointer: string, call: Reading): readonly Json[] {
  const list = valueAt(body, pointer);
  if (Array.isArray(list)) return list;
  throw broken(call, say`the reply has no ${pointer.slice(1)}`);
}

/** A page that leads back to itself would be read for ever. */
function once(asked: Set<string>, { path, headers = {} }: Reading): void {
  const page = JSON.stringify([path, headers]);
  if (asked.has(page)) throw broken({ path }, say`a page leads back to one that was read already`);
  asked.add(page);
}

function broken({ path }: Pick<Reading, "path">, why: string): AdapterError {
  return new AdapterError("unavailable", say`GET ${path.split("?", 1)[0]}: ${why}, so the list is not known whole`);
}
