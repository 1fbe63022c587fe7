import type { Address } from "./address.ts";
import type { Json, Spec } from "./values/json.ts";
import type { Kind } from "./kind.ts";
import type { Making } from "./ledger/marks.ts";
import type { Change, ChangeId } from "./plan/plan.ts";
import type { Pointer } from "./values/pointer.ts";

/** A creation whose outcome is unknown, or an object whose last write is not visible yet. */
export interface Doubt {
  readonly address: Address;
  readonly change: ChangeId;
  /** The ledger knows the id of the object. */
  readonly known: boolean;
}

/** A write whose outcome is unknown, or that is not visible in the account yet. */
export interface Unsettled {
  readonly address: Address;
  readonly change: ChangeId;
  /**
   * The known result: the object is there, or was removed. Undefined while the outcome is unknown.
   */
  readonly left?: "there" | "removed";
  /** The values last sent or attested, without personal data. References are names. */
  readonly spec: Spec;
}

/** The ledger's knowledge of earlier applies, as the planner uses it. */
export interface Applied {
  /**
   * Returns the address bound to an id, compared case-insensitively; undefined if there is none.
   */
  nameOf(id: string, kind: string): Address | undefined;
  /** Returns true if the object at an address is protected. An `unprotect` change ends that. */
  protects(address: Address): boolean;
  /**
   * Returns true if the last write to an address was this tool's removal and left the object in the
   * account, such as a suspended subscription.
   */
  removed(address: Address): boolean;
  /** Returns the writes to one kind that are open or not visible yet. */
  unsettled(kind: string): readonly Unsettled[];
  /** Returns the doubts that may concern this same object under another name. */
  doubts(kind: Kind, made: Making): readonly Doubt[];
  /**
   * Returns the earlier creation at this address that only a read reports as not done, if it was
   * sent with other values. The new change must not be sent while it is pending.
   */
  sentOtherwise(change: Change, kind: Kind): ChangeId | undefined;
  /**
   * Returns the addresses of known objects, except removed ones, that may be this same object under
   * another name.
   */
  alike(kind: Kind, made: Making): readonly Address[];
  /** Returns the backend's id bound to an address, after any upgrades. */
  id(address: Address): string | undefined;
  /** Returns the id that upgrades replaced this id with; the id itself if there were none. */
  successor(id: string): string;
  /**
   * Returns whether a value equals the one last applied or attested. Undefined if none is recorded,
   * or if it cannot be compared without the ledger's key.
   */
  matches(address: Address, pointer: Pointer, value: Json | undefined): boolean | undefined;
  /** Returns true if a person attested this value. For fields that no backend can read. */
  attested(address: Address, pointer: Pointer, value: Json): boolean;
  /** Returns the last write to an address if its outcome is unknown or it is not visible yet. */
  open(address: Address): ChangeId | undefined;
}
