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
  const readable = kinds.filter((kind) => view.reader.supports[kind.name] !== undefined);
  const roots = await readAll(
    view,
    readable.filter((kind) => kind.parent === undefined).flatMap((kind) => rootQuery(kind, extent)),
    extent,
  );
  const declared = new Set(kinds.filter((kind) => kind.declared).map((kind) => kind.name));
  const children = await readAll(view, childQueries(readable, roots, extent), extent);
  const all = [...roots, ...children];
  return {
    account,
    observed: all.filter(({ kind }) => declared.has(kind)),
    catalogue: all.filter(({ kind }) => !declared.has(kind)),
  };
}

function rootQuery(kind: Kind, { whole, roots = () => ({}) }: Extent): readonly Query[] {
  const asked = roots(kind);
  return asked ? [{ kind: kind.name, ...(whole && { whole }), ...asked }] : [];
}

function childQueries(
  kinds: readonly Kind[],
  roots: readonly Observed[],
  extent: Extent,
): readonly Query[] {
  return kinds.flatMap((kind) => {
    const parentKind = kind.references.find(({ pointer }) => pointer === kind.parent)?.kind;
    const parents = roots.filter((one) => one.kind === parentKind);
    return (extent.parents?.(parents) ?? parents).map(({ id }) => ({
      kind: kind.name,
      parentId: id,
    }));
  });
}

async function readAll(
  view: View,
  queries: readonly Query[],
  { parallelism }: Extent,
): Promise<readonly Observed[]> {
  const pages: (readonly Observed[])[] = [];
  let done = 0;
  await eachOf(queries, parallelism, async (query, index) => {
    pages[index] = await collect(view.reader, query, view.signal);
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

function requestsOf({ reader }: View): number | undefined {
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
