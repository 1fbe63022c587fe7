import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import type { MatchInput } from "../input.ts";

/**
 * One kind's declared and live objects, indexed by id and by key, and which live object is claimed
 * by whom.
 */
export interface Shelf<Owner> {
  readonly kind: Kind;
  readonly resources: Resource[];
  readonly all: Observed[];
  readonly byId: Map<string, Observed>;
  /** By the id of the claimed object. */
  readonly owners: Map<string, Owner>;
  /** Nothing of the kind can be read: an object that was not observed is unknown, not missing. */
  readonly hidden: boolean;
  /** The live objects with this key within a parent ("" if the kind has none). */
  withKey(parentId: string, key: string): readonly Observed[];
}

/** Builds the index of each declared kind. */
export function shelve<Owner>(input: MatchInput): ReadonlyMap<string, Shelf<Owner>> {
  const shelves = new Map<string, Shelf<Owner>>();
  for (const kind of input.kinds) {
    if (kind.declared) shelves.set(kind.name, empty(kind, isHidden(kind, input)));
  }
  for (const resource of input.desired.resources)
    shelves.get(resource.kind)?.resources.push(resource);
  for (const observed of input.observed) {
    const shelf = shelves.get(observed.kind);
    shelf?.all.push(observed);
    shelf?.byId.set(observed.id, observed);
  }
  return shelves;
}

/** Whether the backend can read nothing of a kind. */
export function isHidden(kind: Kind, { supports }: Pick<MatchInput, "supports">): boolean {
  return !supports[kind.name]?.readable.length;
}

function empty<Owner>(kind: Kind, hidden: boolean): Shelf<Owner> {
  const all: Observed[] = [];
  let keys: Map<string, Observed[]> | undefined;
  const withKey = (parentId: string, key: string) => {
    keys ??= byKey(all);
    return keys.get(`${parentId}\n${key}`) ?? [];
  };
  return { kind, hidden, all, withKey, resources: [], byId: new Map(), owners: new Map() };
}

function byKey(all: readonly Observed[]): Map<string, Observed[]> {
  const keys = new Map<string, Observed[]>();
  for (const observed of all) {
    const place = `${observed.parentId ?? ""}\n${observed.key}`;
    const others = keys.get(place);
    if (others === undefined) keys.set(place, [observed]);
    else others.push(observed);
  }
  return keys;
}
