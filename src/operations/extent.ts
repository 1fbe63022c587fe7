import { type Address, address } from "../model/address.ts";
import type { LedgerState } from "../model/ledger-state.ts";
import type { Observed } from "../model/observed.ts";
import type { Desired, Resource } from "../model/resource.ts";
import type { Extent } from "./observe.ts";
import type { Project } from "./project.ts";

/** What a plan is about: the addresses it was narrowed to, and what the ledger knows. */
export interface About {
  readonly scope: readonly Address[] | undefined;
  readonly state: Pick<LedgerState, "bindings" | "successors">;
}

/** A plan needs only those objects whole that a manifest may claim. A narrowed one reads the children of the parents it is about; guards need all kinds without parents. */
export function extent(project: Project, desired: Desired, { scope, state }: About): Extent {
  const parallelism = project.settings.parallelism ?? 16;
  const recognized = (resources: readonly Resource[]) => recognize(project, resources, state);
  if (!scope) return { parallelism, whole: recognized(desired.resources) };
  const wanted = new Set<string>(scope);
  const own = desired.resources.filter((one) => wanted.has(one.address));
  const relevant = desired.resources.filter((one) => wanted.has(one.address) || (one.parent !== undefined && wanted.has(one.parent)));
  const parents = new Set(relevant.map((one) => one.parent ?? one.address));
  const owners = recognized(desired.resources.filter((one) => parents.has(one.address)));
  return { parallelism, whole: recognized(own), parents: (all) => all.filter(owners) };
}

/** Whether an object may be one of these resources: by its key or id, now or before. It would rather say yes once too often. */
function recognize({ kinds }: Project, resources: readonly Resource[], { bindings, successors }: About["state"]): (one: Observed) => boolean {
  const kindOf = new Map(kinds.map((kind) => [kind.name, kind]));
  const known = new Set<string>();
  for (const { kind, name, spec, previously, pinnedId, address: own } of resources) {
    const keys = [kindOf.get(kind)?.key(spec, name) ?? name, ...previously, ...previously.map((one) => one.toLowerCase())];
    for (const key of keys) known.add(`${kind}\n${key}`);
    const bound = [own, ...previously.map((one) => address(kind, one))].flatMap((at) => bindings[at]?.id ?? []);
    for (const id of [...bound, ...(pinnedId === undefined ? [] : [pinnedId])]) {
      known.add(id.toLowerCase());
      known.add((successors[id] ?? id).toLowerCase());
    }
  }
  return ({ kind, key, id }) => known.has(`${kind}\n${key}`) || known.has(id.toLowerCase());
}
