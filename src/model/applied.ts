import type { Address } from "./address.ts";
import type { Json, Spec } from "./values/json.ts";
import type { Kind } from "./kind.ts";
import type { Making } from "./ledger/marks.ts";
import type { Change, ChangeId } from "./plan/plan.ts";
import type { Pointer } from "./values/pointer.ts";

/** A creation that is not over, or does not show yet. */
export interface Doubt {
  readonly address: Address;
  readonly change: ChangeId;
  /** The ledger knows what it made. */
  readonly known: boolean;
}

/** A write that is not over, or does not show yet. */
export interface Unsettled {
  readonly address: Address;
  readonly change: ChangeId;
  /** What the ledger knows that it left there; missing while its outcome is not known. */
  readonly left?: "there" | "removed";
  /** What was last sent, somebody's data aside; references are names. */
  readonly spec: Spec;
}

/** What the planner is told of the past. */
export interface Applied {
  /** The address the ledger knows an object by. */
  nameOf(id: string, kind: string): Address | undefined;
  /** Whether the object at an address is protected until a change of its own takes that away. */
  protects(address: Address): boolean;
  /** Whether the last write to an address was the tool's own removal. */
  removed(address: Address): boolean;
  /** What is not over or does not show yet, of one kind. */
  unsettled(kind: string): readonly Unsettled[];
  /** Creations that could be this very object under another name. */
  doubts(kind: Kind, made: Making): readonly Doubt[];
  /** A creation at the address of this one that was sent with other values, and of which only a reading says that it was not done: it cannot be sent again. */
  sentOtherwise(change: Change, kind: Kind): ChangeId | undefined;
  /** What the ledger knows, removals aside, that could be this very object under another name. */
  alike(kind: Kind, made: Making): readonly Address[];
  /** The backend's id that was bound to an address, after every upgrade. */
  id(address: Address): string | undefined;
  /** What upgrades have made of an id; the id itself where there were none. */
  successor(id: string): string;
  /** Whether this value is what was last applied or attested; undefined where nothing was recorded of the field. */
  matches(address: Address, pointer: Pointer, value: Json | undefined): boolean | undefined;
  /** Whether a person vouched for this value, for fields no backend can read. */
  attested(address: Address, pointer: Pointer, value: Json): boolean;
  /** A write to this address whose outcome is unknown and cannot be settled yet. */
  open(address: Address): ChangeId | undefined;
}
