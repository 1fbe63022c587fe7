import type { Sought } from "../../model/adapter.ts";
import type { Requests } from "../../model/plan/apply-step.ts";
import type { Json } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import type { ListPage } from "./http/paging.ts";
import { inParallel } from "./reading.ts";

/** How to list the objects of a kind and how to look up one by id or key. */
export interface Search {
  /** Items per page. */
  readonly size: number;
  readonly parallelism: number;
  pages(): AsyncIterable<ListPage>;
  byId(id: string): Promise<readonly Observed[]>;
  byKey(key: string): Promise<readonly Observed[]>;
  observed(body: Json): Promise<readonly Observed[]>;
}

/**
 * Yields the objects wanted. Looks up each one if that takes fewer requests than the list;
 * otherwise lists all objects. Falls back to single lookups if the list has more pages than
 * expected.
 */
export async function* lookFor(
  { ids, keys, among, whole = 0 }: Sought,
  search: Search,
): AsyncGenerator<Observed> {
  // Objects wanted in full take a read of their own even when listed.
  const most = ids.length + keys.length - whole;
  const all = most <= pagesOf(among, search.size) ? undefined : await atMost(search.pages(), most);
  const { parallelism } = search;
  if (all) for await (const found of inParallel(all, parallelism, search.observed)) yield* found;
  else {
    for await (const found of inParallel(ids, parallelism, search.byId)) yield* found;
    for await (const found of inParallel(keys, parallelism, search.byKey)) yield* found;
  }
}

/** The reads for looking up `sought` keys, or for a full list if `sought` is omitted. */
export function costOfList(
  { sought, among = 0 }: { readonly sought?: number; readonly among?: number },
  size: number,
): Requests {
  const pages = pagesOf(among, size);
  if (sought === undefined) return { reads: pages, writes: 0 };
  // A run that does not know the size of the list reads up to `sought` pages of it and then looks
  // up each key instead.
  if (sought <= 1 || among === Number.POSITIVE_INFINITY) return { reads: sought, writes: 0 };
  return { reads: pages <= sought ? pages : 2 * sought, writes: 0 };
}

function pagesOf(among: number | undefined, size: number): number {
  return Math.max(1, Math.ceil((among ?? 0) / size));
}

/** Returns all items. Undefined if there are more than `most` pages. */
async function atMost(
  pages: AsyncIterable<ListPage>,
  most: number,
): Promise<readonly Json[] | undefined> {
  const all: Json[] = [];
  let read = 0;
  for await (const { items, last } of pages) {
    read += 1;
    if (read >= most && !last) return undefined;
    for (const item of items) all.push(item);
  }
  return all;
}
