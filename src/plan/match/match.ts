import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import type { MatchInput } from "../input.ts";
import { ambiguous, lostIdProblem, pinGone, takenProblem } from "./identity.ts";
import { type Shelf, shelve } from "./kind-index.ts";
import {
  addTrouble,
  claim,
  type MatchContext,
  type Matching,
  type MatchState,
  type Pair,
} from "./matching.ts";
import { addressesAs, formerKeys, homeOf } from "./previous-names.ts";

/** Matches by pinned id, ledger id, previous name or key, then key. Ambiguity is a problem. */
export function match(input: MatchInput): Matching {
  const state: MatchState = {
    input,
    shelves: shelve<Pair>(input),
    bound: new Map(),
    troubled: new Map(),
  };
  for (const kind of parentsFirst(input.kinds)) {
    const shelf = state.shelves.get(kind.name);
    if (shelf !== undefined) (kind.singleton ? fillSingleton : fill)(shelf, state);
  }
  return result(state);
}

function parentsFirst(kinds: readonly Kind[]): readonly Kind[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const depth = (kind: Kind): number => {
    const parent = kind.references.find((reference) => reference.pointer === kind.parent);
    const above = parent === undefined ? undefined : byName.get(parent.kind);
    return above === undefined || above === kind ? 0 : depth(above) + 1;
  };
  return [...kinds].sort((left, right) => depth(left) - depth(right));
}

function fill(shelf: Shelf<Pair>, state: MatchState): void {
  const context: MatchContext = { shelf, state };
  const others: Resource[] = [];
  for (const resource of shelf.resources) {
    if (resource.pinnedId === undefined) others.push(resource);
    else byPin(resource, resource.pinnedId, context);
  }
  const unknown: Resource[] = [];
  for (const resource of others) {
    const id = state.input.applied.id(resource.address);
    if (id === undefined) unknown.push(resource);
    else byLedger(resource, id, context);
  }
  for (const resource of unknown) if (resource.previously.length > 0) byName(resource, context);
  for (const resource of unknown) if (resource.previously.length === 0) byName(resource, context);
}

function fillSingleton(shelf: Shelf<Pair>, state: MatchState): void {
  for (const resource of shelf.resources) {
    const [only, second] = shelf.all;
    if (second !== undefined) addTrouble(resource, () => ambiguous(resource, shelf.all), state);
    else if (only !== undefined)
      claim(resource, { observed: only, bound: "key" }, { shelf, state });
  }
}

function byPin(resource: Resource, pinned: string, context: MatchContext): void {
  const { shelf, state } = context;
  // A pin stays valid after an upgrade, while the old object may still be listed.
  const spelled = spellings(pinned);
  const upgraded = spelled
    .map((id) => state.input.applied.successor(id))
    .find((id) => !spelled.includes(id));
  const id = upgraded ?? spelled.find((one) => shelf.byId.has(one)) ?? pinned;
  const observed = shelf.byId.get(id);
  if (observed !== undefined)
    claim(resource, { observed, bound: upgraded === undefined ? "pinned" : "ledger" }, context);
  else if (!shelf.hidden && resource.state === "present")
    addTrouble(resource, () => pinGone(resource, id), state);
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The spellings of an id. GUIDs ignore case (RFC 9562), other ids do not. */
function spellings(id: string): readonly string[] {
  return guid.test(id) ? [id, id.toLowerCase(), id.toUpperCase()] : [id];
}

function byLedger(resource: Resource, id: string, context: MatchContext): void {
  const observed = context.shelf.byId.get(id);
  if (observed !== undefined) claim(resource, { observed, bound: "ledger" }, context);
  else if (!context.shelf.hidden && resource.state === "present")
    addTrouble(resource, () => lostIdProblem(resource, id), context.state);
}

function byName(resource: Resource, context: MatchContext): void {
  const parentId = parentIdOf(resource, context.state);
  if (parentId === undefined) return;
  const { shelf, state } = context;
  const { found, owner, lostId } = formerly(resource, parentId, context);
  const key = shelf.kind.key(resource.spec, resource.name);
  const keyed = shelf.withKey(parentId, key).filter((one) => !shelf.owners.has(one.id));
  const [first, second] = found.length === 0 ? keyed : new Set([...found, ...keyed]);
  const sure = found.length === 1 && (keyed.length === 0 || keyed.some((one) => one === first));
  if (first !== undefined && sure)
    claim(resource, { observed: first, bound: "previously" }, context);
  else if (second !== undefined)
    addTrouble(resource, () => ambiguous(resource, [...found, ...keyed]), state);
  else if (lostId !== undefined && resource.state === "present")
    addTrouble(resource, () => lostIdProblem(resource, lostId), state);
  else if (first !== undefined) claim(resource, { observed: first, bound: "key" }, context);
  else if (owner !== undefined) addTrouble(resource, () => takenProblem(resource, owner), state);
}

/** The parent's id; "" without a parent, undefined if the parent is not matched. */
function parentIdOf(resource: Resource, state: MatchState): string | undefined {
  return resource.parent === undefined ? "" : state.bound.get(resource.parent)?.observed.id;
}

interface Former {
  readonly found: readonly Observed[];
  /** The resource that has already claimed a candidate. */
  readonly owner?: Pair;
  /** The ledger's id of a former name if no such object is live. */
  readonly lostId?: string;
}

/** If the parent was renamed, a child's current name counts as a former one too. */
function formerly(resource: Resource, parentId: string, { shelf, state }: MatchContext): Former {
  const parent = homeOf(resource, state.bound, state.input.applied);
  const names =
    parent === undefined || parent.previously.length === 0
      ? resource.previously
      : [...resource.previously, resource.name];
  if (names.length === 0) return { found: [] };
  const { applied } = state.input;
  const known = names.map((name) =>
    addressesAs(resource, name, parent).flatMap((one) => applied.id(one) ?? []),
  );
  const ids = known.map((some) => some.map((id) => applied.successor(id)));
  const candidates = new Set(
    names.flatMap((name, index) => {
      const own = ids[index] ?? [];
      if (own.length > 0) return own.flatMap((id) => shelf.byId.get(id) ?? []);
      const keys = index < resource.previously.length ? formerKeys(resource, name, shelf.kind) : [];
      return keys.flatMap((key) => shelf.withKey(parentId, key));
    }),
  );
  const owner = [...candidates]
    .map((one) => shelf.owners.get(one.id))
    .find((one) => one !== undefined);
  const [lostId] = candidates.size === 0 && !shelf.hidden ? ids.flat() : [];
  return { found: [...candidates].filter((one) => !shelf.owners.has(one.id)), owner, lostId };
}

function result({ input, shelves, bound, troubled }: MatchState): Matching {
  const owner = (id: string, kind: string) => shelves.get(kind)?.owners.get(id)?.resource;
  const { resources } = input.desired;
  // Usually every resource is matched, and no search is needed.
  const isWhole = bound.size + troubled.size === resources.length;
  const open = new Map([...shelves].filter(([, { owners, all }]) => owners.size < all.length));
  return {
    pairs: bound,
    troubled,
    missing: isWhole
      ? []
      : resources.filter(({ address }) => !bound.has(address) && !troubled.has(address)),
    unmanaged: input.observed.filter(({ id, kind }) => open.get(kind)?.owners.has(id) === false),
    nameOf: (id, kind) => owner(id, kind)?.name,
    addressOf: (id, kind) => owner(id, kind)?.address,
    live: (kind) => shelves.get(kind)?.all ?? [],
  };
}
