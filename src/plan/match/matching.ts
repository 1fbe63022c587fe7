import type { Address } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import type { MatchInput } from "../input.ts";
import { takenProblem } from "./identity.ts";
import type { Shelf } from "./kind-index.ts";
import type { NameOf } from "./names.ts";

/** A declared object, its live object, and by what they were matched. */
export interface Pair {
  readonly resource: Resource;
  readonly observed: Observed;
  readonly bound: "pinned" | "ledger" | "previously" | "key";
}

/** The result of `match`. Each resource is in one of `pairs`, `missing` and `troubled`. */
export interface Matching {
  readonly pairs: ReadonlyMap<Address, Pair>;
  /** No live object matches, and there is no problem. */
  readonly missing: readonly Resource[];
  /** Addresses with a problem. The diagnostic is made on demand: it needs a source position. */
  readonly troubled: ReadonlyMap<Address, () => Diagnostic>;
  /** Live objects that no manifest claims, in the order they were observed. */
  readonly unmanaged: readonly Observed[];
  readonly nameOf: NameOf;
  /** The address that claims the object with this id. */
  addressOf(id: string, kind: string): Address | undefined;
  /** The live objects of a kind. */
  live(kind: string): readonly Observed[];
}

/** The state of matching. */
export interface MatchState {
  readonly input: MatchInput;
  readonly shelves: ReadonlyMap<string, Shelf<Pair>>;
  readonly bound: Map<Address, Pair>;
  readonly troubled: Map<Address, () => Diagnostic>;
}

/** The objects of one kind, and the state of matching. */
export interface MatchContext {
  readonly shelf: Shelf<Pair>;
  readonly state: MatchState;
}

/**
 * Binds a resource to a live object. If another resource has claimed it, that is a problem of
 * both.
 */
export function claim(
  resource: Resource,
  found: Pick<Pair, "observed" | "bound">,
  { shelf, state }: MatchContext,
): void {
  const pair: Pair = { resource, observed: found.observed, bound: found.bound };
  const owner = shelf.owners.get(found.observed.id);
  if (owner === undefined) {
    shelf.owners.set(found.observed.id, pair);
    state.bound.set(resource.address, pair);
    return;
  }
  addTrouble(resource, () => takenProblem(resource, owner), state);
  if (owner.bound === found.bound)
    addTrouble(owner.resource, () => takenProblem(owner.resource, pair), state);
}

/** Records that a resource cannot be matched, and why. */
export function addTrouble(
  resource: Resource,
  diagnostic: () => Diagnostic,
  state: MatchState,
): void {
  state.bound.delete(resource.address);
  if (!state.troubled.has(resource.address)) state.troubled.set(resource.address, diagnostic);
}
