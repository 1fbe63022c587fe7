import { type Address, address, kindOf } from "../../model/address.ts";
import type { Observed } from "../../model/observed.ts";
import type { Desired, Resource } from "../../model/resource.ts";
import { type About, narrow } from "./read-narrowed.ts";
import type { Extent } from "./observe.ts";
import type { Project } from "../project/project.ts";

/**
 * What a plan must read: of all objects only those that a manifest may claim are read completely. A
 * narrowed plan reads its resources, their parents' children, and what their checks need.
 */
export function readScope(project: Project, desired: Desired, { scope, state }: About): Extent {
  const parallelism = project.settings.parallelism;
  const recognized = (resources: readonly Resource[]) =>
    recognize(project.kinds, resources, { desired, state });
  if (!scope) return { parallelism, whole: recognized(desired.resources) };
  const wanted = new Set<string>(scope);
  const own = desired.resources.filter((one) => wanted.has(one.address));
  const narrowed = narrow(project, desired, { own, state });
  const parents = new Set(own.map((one) => one.parent ?? one.address));
  const owners = recognized(desired.resources.filter((one) => parents.has(one.address)));
  return { parallelism, whole: recognized(own), parents: (all) => all.filter(owners), ...narrowed };
}

/**
 * Whether an object may be one of the resources, by its current or former key or id. False
 * positives are possible. The index is built on first use, because not every backend asks.
 */
function recognize(
  kinds: Project["kinds"],
  resources: readonly Resource[],
  around: Around,
): (one: Observed) => boolean {
  let known: Known | undefined;
  return ({ kind, key, id }) => {
    known ??= knownOf(kinds, resources, around);
    return known.keys.get(kind)?.has(key) === true || known.ids.has(id.toLowerCase());
  };
}

/**
 * Ids that the ledger knows by undeclared addresses, of kinds with resources that it does not know:
 * such a resource may be a renamed one.
 */
function renamedIn(
  resources: readonly Resource[],
  desired: Desired,
  bound: About["state"]["ids"],
): readonly string[] {
  const unknown = resources.filter(
    ({ address: at, pinnedId }) => pinnedId === undefined && bound[at] === undefined,
  );
  const kinds = new Set(unknown.map(({ kind }) => kind));
  const named = new Set<string>(desired.resources.map((one) => one.address));
  const others = kinds.size === 0 ? [] : (Object.entries(bound) as [Address, string][]);
  return others.flatMap(([at, id]) => (kinds.has(kindOf(at)) && !named.has(at) ? [id] : []));
}

/** All declared resources, and the ledger's state. */
interface Around {
  readonly desired: Desired;
  readonly state: About["state"];
}

interface Known {
  /** By kind. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** In lower case. */
  readonly ids: ReadonlySet<string>;
}

function knownOf(
  kinds: Project["kinds"],
  resources: readonly Resource[],
  { desired, state }: Around,
): Known {
  const { ids: bound, successors } = state;
  const byName = new Map(kinds.map((one) => [one.name, { kind: one, keys: new Set<string>() }]));
  const ids = new Set<string>();
  for (const { kind: name, name: own, spec, previously, pinnedId, address: at } of resources) {
    const found = byName.get(name);
    if (!found) continue;
    for (const key of [
      found.kind.key(spec, own),
      ...previously,
      ...previously.map((one) => one.toLowerCase()),
    ])
      found.keys.add(key);
    const known = [at, ...previously.map((one) => address(name, one))].flatMap(
      (one) => bound[one] ?? [],
    );
    for (const id of pinnedId === undefined ? known : [...known, pinnedId])
      ids.add(id.toLowerCase()).add((successors[id] ?? id).toLowerCase());
  }
  for (const id of renamedIn(resources, desired, bound)) ids.add(id.toLowerCase());
  return { keys: new Map([...byName].map(([name, { keys }]) => [name, keys])), ids };
}
