import type { Query } from "../../model/adapter.ts";
import { type Address, address, kindOf } from "../../model/address.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import { valueAt } from "../../model/values/pointer.ts";
import type { Desired, Resource } from "../../model/resource.ts";
import { exceedsShare } from "../../plan/guard/guard-case.ts";
import type { Project } from "../project/project.ts";

/** The addresses that a plan is narrowed to, and the ledger's state. */
export interface About {
  readonly scope: readonly Address[] | undefined;
  readonly state: Pick<LedgerState, "ids" | "successors" | "open">;
}

/** What a narrowed plan reads of kinds without a parent. */
export interface Narrowed {
  /**
   * Returns a query for all objects of a kind or for the needed ones. Undefined if nothing is read.
   */
  readonly roots: (kind: Kind) => Omit<Query, "kind"> | undefined;
  /** By kind: the least number of objects. */
  readonly known: Readonly<Record<string, number>>;
}

/**
 * Narrows the reading of kinds without a parent to what these resources need: the resources
 * themselves, their parents, what they refer to, and all objects of kinds that their checks and
 * guards look at.
 */
export function narrow(
  project: Project,
  desired: Desired,
  { own, state }: { readonly own: readonly Resource[]; readonly state: About["state"] },
): Narrowed {
  const kinds = own.map(({ kind }) => kind);
  const inScope = project.kinds.filter(({ name }) => kinds.includes(name));
  const needed = neededBy(own, project.kinds);
  const resources = desired.resources.filter((one) => needed.has(one.address));
  const unsettled = new Set(Object.values(state.open).map(({ kind }) => kind));
  const known = knownCounts(desired, state);
  const roots = (kind: Kind): Omit<Query, "kind"> | undefined => {
    if (inScope.some((one) => looksAt(one, kind))) return {};
    const wanted = resources.filter((one) => one.kind === kind.name);
    if (wanted.length === 0) return undefined;
    const changed = own.filter((one) => one.kind === kind.name).length;
    const removed = own.filter((one) => one.kind === kind.name && one.state === "absent").length;
    const among = known[kind.name] ?? 0;
    if (kind.singleton || unsettled.has(kind.name) || mayTrip(removed, among, project)) return {};
    const sought = wanted.map((one) => soughtAs(one, kind, state));
    return {
      only: {
        ids: sought.flatMap(({ ids }) => ids),
        keys: sought.flatMap(({ keys }) => keys),
        among,
        whole: changed,
      },
    };
  };
  return { roots, known };
}

/**
 * Whether a kind's checks need all objects of another kind. Kinds that refer to the catalogue need
 * all of it.
 */
function looksAt(kind: Kind, other: Kind): boolean {
  if (!other.declared) return kind.references.some((reference) => reference.kind === other.name);
  return kind.looksAt?.includes(other.name) ?? true;
}

/** The resources, their parents, and what they refer to outside of their parents. */
function neededBy(own: readonly Resource[], kinds: readonly Kind[]): ReadonlySet<Address> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return new Set(
    own.flatMap((one) => {
      const references =
        byName.get(one.kind)?.references.filter(({ scope }) => scope === undefined) ?? [];
      const targets = references.flatMap(({ kind, pointer }) =>
        [valueAt(one.spec as Spec, pointer) ?? []]
          .flat()
          .map((name) => address(kind, String(name))),
      );
      return [one.address, ...(one.parent === undefined ? [] : [one.parent]), ...targets];
    }),
  );
}

/** Whether a guard could stop the removals. Then the real number of objects must be known. */
function mayTrip(removed: number, among: number, { settings }: Project): boolean {
  return removed > 0 && exceedsShare(removed, among, { share: settings.guards.share, last: true });
}

/** By kind: the number of objects that the ledger or a pin names. */
export function knownCounts(
  { resources }: Desired,
  { ids: bound }: Pick<About["state"], "ids">,
): Readonly<Record<string, number>> {
  const ids = new Map<string, Set<string>>();
  const add = (kind: string, id: string) => {
    const others = ids.get(kind) ?? new Set();
    ids.set(kind, others.add(id.toLowerCase()));
  };
  for (const [at, id] of Object.entries(bound)) add(kindOf(at as Address), id);
  for (const { kind, pinnedId } of resources) if (pinnedId !== undefined) add(kind, pinnedId);
  return Object.fromEntries([...ids].map(([kind, { size }]) => [kind, size]));
}

/** Looks an object up by its id if known, otherwise by its current and former keys and ids. */
function soughtAs(
  { address: at, kind: kindName, name, spec, previously, pinnedId }: Resource,
  kind: Kind,
  { ids, successors }: About["state"],
) {
  const latest = (id: string): string => {
    const next = successors[id];
    return next === undefined ? id : latest(next);
  };
  const id = pinnedId ?? ids[at];
  if (id !== undefined) return { ids: [latest(id)], keys: [] };
  const former = previously.flatMap((one) => ids[address(kindName, one)] ?? []);
  const keys = [name, ...previously].map((one) => kind.key(spec, one));
  return {
    ids: former.map(latest),
    keys: [...new Set([...keys, ...previously.map((one) => one.toLowerCase())])],
  };
}
