import type { Query } from "../../model/adapter.ts";
import { type Address, address, kindOf } from "../../model/address.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import { valueAt } from "../../model/values/pointer.ts";
import type { Desired, Resource } from "../../model/resource.ts";
import { exceedsShare } from "../../plan/guard/guard-case.ts";
import type { Project } from "../project/project.ts";

/** What a plan is about: the addresses it was narrowed to, and what the ledger knows. */
export interface About {
  readonly scope: readonly Address[] | undefined;
  readonly state: Pick<LedgerState, "ids" | "successors" | "open">;
}

/** What a narrowed plan reads of the kinds without a parent. */
export interface Narrowed {
  /** All of a kind that is looked at, those that are needed of any other; nothing of the rest. */
  readonly roots: (kind: Kind) => Omit<Query, "kind"> | undefined;
  /** How many objects there are at least of the kinds that are read in part. */
  readonly known: Readonly<Record<string, number>>;
}

/** Narrows a reading to some resources: what lives without a parent among them, what they live in and refer to, and the kinds that their checks and guards look at. */
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
  const known = knownOf(desired, state);
  const roots = (kind: Kind): Omit<Query, "kind"> | undefined => {
    if (inScope.some((one) => looksAt(one, kind))) return {};
    const wanted = resources.filter((one) => one.kind === kind.name);
    if (wanted.length === 0) return undefined;
    const changed = own.filter((one) => one.kind === kind.name).length;
    const removed = own.filter((one) => one.kind === kind.name && one.state === "absent").length;
    const among = known[kind.name] ?? 0;
    if (kind.singleton || unsettled.has(kind.name) || mayTrip(removed, among, project)) return {};
    const sought = wanted.map((one) => soughtAs(one, kind, state));
    return { only: { ids: sought.flatMap(({ ids }) => ids), keys: sought.flatMap(({ keys }) => keys), among, whole: changed } };
  };
  return { roots, known };
}

/** Rules about one kind may look at all of another; the catalogue is looked at whole by all that refer to it. */
function looksAt(kind: Kind, other: Kind): boolean {
  if (!other.declared) return kind.references.some((reference) => reference.kind === other.name);
  return kind.looksAt?.includes(other.name) ?? true;
}

/** The resources themselves, what they live in, and what they refer to outside it. */
function neededBy(own: readonly Resource[], kinds: readonly Kind[]): ReadonlySet<Address> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return new Set(
    own.flatMap((one) => {
      const references = byName.get(one.kind)?.references.filter(({ scope }) => scope === undefined) ?? [];
      const targets = references.flatMap(({ kind, pointer }) =>
        [valueAt(one.spec as Spec, pointer) ?? []].flat().map((name) => address(kind, String(name))),
      );
      return [one.address, ...(one.parent === undefined ? [] : [one.parent]), ...targets];
    }),
  );
}

/** Whether the guard over removals might stop so many: then it has to know how many objects there really are. */
function mayTrip(removed: number, among: number, { settings }: Project): boolean {
  return removed > 0 && exceedsShare(removed, among, { share: settings.guards.share, last: true });
}

/** The objects that the ledger or a pin names, by kind. */
function knownOf({ resources }: Desired, { ids: bound }: About["state"]): Readonly<Record<string, number>> {
  const ids = new Map<string, Set<string>>();
  const add = (kind: string, id: string) => {
    const others = ids.get(kind) ?? new Set();
    ids.set(kind, others.add(id.toLowerCase()));
  };
  for (const [at, id] of Object.entries(bound)) add(kindOf(at as Address), id);
  for (const { kind, pinnedId } of resources) if (pinnedId !== undefined) add(kind, pinnedId);
  return Object.fromEntries([...ids].map(([kind, { size }]) => [kind, size]));
}

/** By its id where that is known, which is then the only one it can have; else by all keys it has or had. */
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
  return { ids: former.map(latest), keys: [...new Set([...keys, ...previously.map((one) => one.toLowerCase())])] };
}
