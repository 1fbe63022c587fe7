import type { Requests, Sought } from "../../model/adapter.ts";
import type { Json } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import type { ListPage } from "./http/paging.ts";
import { inParallel } from "./reading.ts";

/** How a kind's objects are listed, page by page, and how one is looked for by its id or key. */
export interface Search {
  /** How many a page holds. */
  readonly size: number;
  readonly parallelism: number;
  pages(): AsyncIterable<ListPage>;
  byId(id: string): Promise<readonly Observed[]>;
  byKey(key: string): Promise<readonly Observed[]>;
  observed(body: Json): Promise<readonly Observed[]>;
}

/** Those that are looked for: each by itself where that takes fewer requests than the list, else the list; one that turns out longer than thought is given up. */
export async function* lookFor({ ids, keys, among, whole = 0 }: Sought, search: Search): AsyncGenerator<Observed> {
  // What is listed and wanted whole is read by itself all the same.
  const most = ids.length + keys.length - whole;
  const all = most <= pagesOf(among, search.size) ? undefined : await atMost(search.pages(), most);
  const { parallelism } = search;
  if (all) for await (const found of inParallel(all, parallelism, search.observed)) yield* found;
  else {
    for await (const found of inParallel(ids, parallelism, search.byId)) yield* found;
    for await (const found of inParallel(keys, parallelism, search.byKey)) yield* found;
  }
}

/** The requests it takes to look for so many keys, or to list all where that is missing. */
export function costOfList({ sought, among = 0 }: { readonly sought?: number; readonly among?: number }, size: number): Requests {
  const pages = pagesOf(among, size);
  if (sought === undefined) return { reads: pages, writes: 0 };
  // Unless it is told, nobody knows among how many a run looks: more than one are listed until that is not worth it any more.
  if (sought <= 1 || among === Number.POSITIVE_INFINITY) return { reads: sought, writes: 0 };
  return { reads: pages <= sought ? pages : 2 * sought, writes: 0 };
}

function pagesOf(among: number | undefined, size: number): number {
  return Math.max(1, Math.ceil((among ?? 0) / size));
}

/** Every item; undefined where there are more pages than that. */
async function atMost(pages: AsyncIterable<ListPage>, most: number): Promise<readonly Json[] | undefined> {
  const all: Json[] = [];
  let read = 0;
  for await (const { items, last } of pages) {
    read += 1;
    if (read >= most && !last) return undefined;
    for (const item of items) all.push(item);
  }
  return all;
}
