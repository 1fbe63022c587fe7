import type { Address } from "../address.ts";
import type { Digest } from "../values/digest.ts";
import {
  type AppliedFields,
  type Founding,
  type Hash,
  type Held,
  noHash,
  type ObjectId,
} from "./ledger.ts";
import type { Action, ChangeId } from "../plan/plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { EntryOf } from "./runs.ts";

/** An intent whose outcome is not final. `status` is `unknown` once a run has recorded that. */
export type OpenIntent = Omit<EntryOf<"intent">, "type" | "prev" | "hash"> & {
  readonly status?: "unknown";
  /** Its sender can send nothing more: the response was lost, or the lease of its run has ended. */
  readonly over?: true;
  /** Seconds for which the former holder of a lease that was ended by force may not notice that. */
  readonly grace?: number;
  /** Backend time of the first read after that; the maximum delay of reads counts from here. */
  readonly countedFrom?: string;
};

/** The backend's id bound to an address, and the last write to the object. */
export interface Binding {
  readonly id: string;
  readonly run: string;
  readonly change: ChangeId;
  readonly at: string;
  /** When the backend confirmed it, by the backend's own clock. */
  readonly backendTime?: string;
  /** Number of the entry that recorded it. */
  readonly seq: number;
  /** Number of the first entry of the last change. */
  readonly began: number;
  /** The action of the last write, by its intent. */
  readonly action: Action;
  readonly digest?: Digest;
  readonly attempt: number;
  /** Fields that this write could not set. */
  readonly lacks?: readonly Pointer[];
  /** Marks that identify objects it could be mistaken for (see `marksOf`). */
  readonly marks?: readonly string[];
}

/** The last attempt at a write that was not done. It is final unless `pending` is present. */
export interface Attempt {
  readonly number: number;
  /**
   * The intent of a creation that only a read reports as not done: it may be sent again, only under
   * the same request id. Missing once the backend has refused it.
   */
  readonly pending?: OpenIntent;
}

/** A run as the ledger's state stores it. */
export type RunSummary = Omit<EntryOf<"run-opened">, "type" | "seq" | "prev" | "hash"> & {
  closedAt?: string;
  interrupted?: true;
};

/**
 * Everything that later runs need from a ledger's entries, as plain JSON. Only folding changes it.
 */
export interface LedgerState {
  /** Empty until the ledger is founded. */
  id: string;
  head: Hash;
  /** The public key in force. Missing until the ledger is founded. */
  key?: string;
  /** The account and the project it was founded for. */
  foundedFor?: Omit<Founding, "id">;
  /** Number of the last entry. */
  seq: number;
  bindings: Record<Address, Binding>;
  /** The ids in `bindings`, stored apart because most readers need nothing else. */
  ids: Record<Address, string>;
  /** Identities that differ from the address, after a rename or for a reused name. */
  objects: Record<Address, ObjectId>;
  /** How many objects have had an address, if more than one. */
  generations: Record<Address, number>;
  /**
   * Addresses freed by a removal, forget or rename, with the number of that change's first entry.
   */
  freed: Record<Address, number>;
  /** The last attempt per address that was not done. */
  attempts: Record<Address, Attempt>;
  /** Objects that a removal deleted, by former address. Lists may still show them. */
  vanished: Record<Address, Binding>;
  /** Addresses of protected objects, whatever their manifests contain. */
  protected: Record<Address, true>;
  /** The new id after an upgrade, by the old id. */
  successors: Record<string, string>;
  /** Values last applied or attested, by field. */
  applied: Record<Address, AppliedFields>;
  attested: Record<Address, AppliedFields>;
  /** By run and change (see `keyOf`), in the order they were recorded. */
  open: Record<string, OpenIntent>;
  /** The run that applied a plan, by the plan's digest. */
  spent: Record<Digest, string>;
  lease?: Held;
  lastRun?: RunSummary;
}

/** Returns the state before the first entry. */
export function emptyState(): LedgerState {
  const known = {
    bindings: {},
    ids: {},
    objects: {},
    generations: {},
    freed: {},
    attempts: {},
    vanished: {},
  };
  return {
    id: "",
    head: noHash,
    seq: 0,
    ...known,
    protected: {},
    successors: {},
    applied: {},
    attested: {},
    open: {},
    spent: {},
  };
}

/**
 * Moves everything known of an object, including open intents, to its new address. Frees the old
 * address.
 */
export function move(
  state: LedgerState,
  { from, to, began }: { readonly from: Address; readonly to: Address; readonly began: number },
): void {
  const object = objectOf(state, from);
  for (const part of partsOf(state)) {
    const known = part[from];
    if (known === undefined) delete part[to];
    else part[to] = known;
    delete part[from];
  }
  for (const [key, intent] of Object.entries(state.open))
    if (intent.address === from) state.open[key] = { ...intent, address: to };
  state.objects[to] = object;
  free(state, from, began);
}

/** Deletes what is known of an object and frees its address. */
export function forgetObject(state: LedgerState, address: Address, began: number): void {
  for (const part of partsOf(state)) delete part[address];
  free(state, address, began);
}

/** Returns the parts of the state that describe an object by its address. */
function partsOf({
  bindings,
  ids,
  applied,
  attested,
  attempts,
  protected: kept,
}: LedgerState): readonly Record<Address, unknown>[] {
  return [bindings, ids, applied, attested, attempts, kept];
}

/** Gives the next object at this address a new identity. */
function free(state: LedgerState, address: Address, began: number): void {
  state.freed[address] = began;
  const generation = (state.generations[address] ?? 1) + 1;
  state.generations[address] = generation;
  state.objects[address] = `${address}~${generation}`;
}

/** Returns the identity of the object at an address. */
export function objectOf({ objects }: Pick<LedgerState, "objects">, address: Address): ObjectId {
  return objects[address] ?? address;
}

/**
 * Returns the number of the next attempt at a write to an address. A pending attempt keeps its
 * number.
 */
export function attemptAt(
  { attempts, bindings }: Pick<LedgerState, "attempts" | "bindings">,
  address: Address,
): number {
  const last = attempts[address];
  return last?.pending ? last.number : (last?.number ?? bindings[address]?.attempt ?? 0) + 1;
}

/** Returns true if an action creates or buys something: a create or an upgrade. */
export function isCreation(action: Action): boolean {
  return action === "create" || action === "upgrade";
}
