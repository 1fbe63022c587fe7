import type { Query, Reader } from "../../model/adapter.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { View } from "../project/project.ts";
import { eachOf } from "../apply/schedule.ts";

/** What was read of an account. */
export interface Observation {
  readonly account: { readonly id: string; readonly principal?: string };
  /** Objects of declared kinds. */
  readonly observed: readonly Observed[];
  /** Objects of kinds that are only observed: the catalogue. */
  readonly catalogue: readonly Observed[];
}

/**
 * How much to read. `whole`: the objects to read completely, all if omitted. `parents`: the parents
 * whose children to read. `parallelism`: the number of concurrent reads.
 */
export interface Extent {
  readonly whole?: (one: Observed) => boolean;
  readonly parents?: (parents: readonly Observed[]) => readonly Observed[];
  /**
   * What to read of a kind without a parent: nothing if it returns undefined, everything if
   * omitted.
   */
  readonly roots?: (kind: Kind) => Omit<Query, "kind"> | undefined;
  /** By kind: the least number of objects, for kinds that are read in part. */
  readonly known?: Readonly<Record<string, number>>;
  readonly parallelism: number;
}

/**
 * Reads the account, or the part of it given by `extent`. Throws if a list cannot be read to its
 * end.
 */
export async function observe(
  kinds: readonly Kind[],
  view: View,
  extent: Extent,
): Promise<Observation> {
  const account = await view.reader.account(view.signal);
  return { account, ...byDeclaration(kinds, await readExtent(kinds, view, extent)) };
}

/** Reads the objects of a part of the account. `onRead` receives each list that was read. */
export async function readExtent(
  kinds: readonly Kind[],
  view: View,
  extent: Extent,
  onRead?: OnRead,
): Promise<readonly Observed[]> {
  const readable = kinds.filter((kind) => view.reader.supports[kind.name] !== undefined);
  const queries = readable
    .filter((kind) => kind.parent === undefined)
    .flatMap((kind) => rootQuery(kind, extent));
  const roots = await readQueries(view, queries, { ...extent, onRead });
  const children = childQueries(readable, roots, extent);
  return [...roots, ...(await readQueries(view, children, { ...extent, onRead }))];
}

/** Separates the objects of declared kinds from the catalogue. */
export function byDeclaration(
  kinds: readonly Kind[],
  all: readonly Observed[],
): Pick<Observation, "observed" | "catalogue"> {
  const declared = new Set(kinds.filter((kind) => kind.declared).map((kind) => kind.name));
  return {
    observed: all.filter(({ kind }) => declared.has(kind)),
    catalogue: all.filter(({ kind }) => !declared.has(kind)),
  };
}

/** Receives what a query returned, and a moment (RFC 3339) before which nothing of it was read. */
export type OnRead = (query: Query, items: readonly Observed[], at: string) => void;

function rootQuery(kind: Kind, { whole, roots = () => ({}) }: Extent): readonly Query[] {
  const asked = roots(kind);
  return asked ? [{ kind: kind.name, ...(whole && { whole }), ...asked }] : [];
}

/** The name of the kind that contains a kind's objects. Undefined for a top-level kind. */
export function parentKindOf(kind: Kind): string | undefined {
  return kind.references.find(({ pointer }) => pointer === kind.parent)?.kind;
}

function childQueries(
  kinds: readonly Kind[],
  roots: readonly Observed[],
  extent: Pick<Extent, "parents">,
): readonly Query[] {
  return kinds.flatMap((kind) => {
    const parentKind = parentKindOf(kind);
    const parents = roots.filter((one) => one.kind === parentKind);
    return (extent.parents?.(parents) ?? parents).map(({ id }) => ({
      kind: kind.name,
      parentId: id,
    }));
  });
}

/** Sends queries, at most `parallelism` at a time. Returns what they found, in their order. */
export async function readQueries(
  view: View,
  queries: readonly Query[],
  { parallelism, onRead }: Pick<Extent, "parallelism"> & { readonly onRead?: OnRead | undefined },
): Promise<readonly Observed[]> {
  const pages: (readonly Observed[])[] = [];
  const beginning = onRead && momentOf(view);
  let done = 0;
  await eachOf(queries, parallelism, async (query, index) => {
    const items = await collect(view.reader, query, view.signal);
    pages[index] = items;
    if (beginning) onRead?.(query, items, beginning());
    done += 1;
    view.progress?.({
      phase: "reading",
      done,
      total: queries.length,
      requests: requestsOf(view) ?? done,
    });
  });
  return pages.flat();
}

/** The earliest moment of the responses since now: by the backend's clock if it sends times. */
function momentOf({ reader, now }: View): () => string {
  const [here, times] = [now(), reader.clock?.()];
  return () => {
    const there = times?.();
    return there ? new Date(there.earliest).toISOString() : here;
  };
}

/** Requests sent so far. Undefined if the backend does not count them. */
export function requestsOf({ reader }: View): number | undefined {
  const spent = reader.spent?.();
  return spent && spent.reads + spent.writes;
}

/** Collects all items that a read yields. */
export async function collect(
  reader: Reader,
  query: Query,
  signal: AbortSignal,
): Promise<readonly Observed[]> {
  const items: Observed[] = [];
  for await (const item of reader.read(query, signal)) items.push(item);
  return items;
}
