import type { Address } from "../address.ts";
import type { Digest } from "../values/digest.ts";
import { type AppliedFields, type Founding, type Hash, type Held, noHash, type ObjectId } from "./ledger.ts";
import type { Action, ChangeId } from "../plan/plan.ts";
import type { Pointer } from "../values/pointer.ts";
import type { EntryOf } from "./runs.ts";

/** An intent whose outcome is not known for good; `status` is `unknown` once a run has said so. */
export type OpenIntent = Omit<EntryOf<"intent">, "type" | "prev" | "hash"> & {
  readonly status?: "unknown";
  /** Whoever sent it can send nothing more: its reply was lost, or its run's lease is over. */
  readonly over?: true;
  /** For so many seconds more the former holder of a lease that was ended by force may not have noticed. */
  readonly grace?: number;
  /** The backend's time of the first reading after that: how long it may stay unseen counts from here. */
  readonly countedFrom?: string;
};

/** The backend's id of an address, and the change that bound it. */
export interface Binding {
  readonly id: string;
  readonly run: string;
  readonly change: ChangeId;
  readonly at: string;
  /** When the backend showed it, by its own clock. */
  readonly backendTime?: string;
  /** The number of the entry that told so. */
  readonly seq: number;
  /** The number of the entry that the last change of it began with. */
  readonly began: number;
  /** The last write to it, as its intent tells of it. */
  readonly action: Action;
  readonly digest?: Digest;
  readonly attempt: number;
  /** What that write could not set. */
  readonly lacks?: readonly Pointer[];
  /** What it could be taken for. */
  readonly marks?: readonly string[];
}

/** The last attempt at a write that was not done; it is over unless only a reading says so. */
export interface Attempt {
  readonly number: number;
  /** Of what was sent, and may be sent again under the same request id alone; missing once it was refused. */
  readonly pending?: OpenIntent;
}

/** A run as the ledger's state remembers it. */
export type RunSummary = Omit<EntryOf<"run-opened">, "type" | "seq" | "prev" | "hash"> & {
  closedAt?: string;
  interrupted?: true;
};

/** All that later runs need of a ledger's entries: plain JSON. Only `fold` changes it. */
export interface LedgerState {
  /** Empty until the ledger is founded. */
  id: string;
  head: Hash;
  /** The public half of the key in force; missing until the ledger is founded. */
  key?: string;
  /** The account and the project it was founded for. */
  foundedFor?: Omit<Founding, "id">;
  /** The number of the last entry. */
  seq: number;
  bindings: Record<Address, Binding>;
  /** The ids of the bindings: mostly nothing else is asked for, and a long ledger's bindings take long to read. */
  ids: Record<Address, string>;
  /** Who is at an address, where that is not the first object of this name. */
  objects: Record<Address, ObjectId>;
  /** How many objects have had a name, where more than one. */
  generations: Record<Address, number>;
  /** Names that an object had until it was removed, released or renamed: the number of the entry that this began with. */
  freed: Record<Address, number>;
  /** Attempts that came to nothing. */
  attempts: Record<Address, Attempt>;
  /** What a removal made vanish, by the address it had: a list may still show it. */
  vanished: Record<Address, Binding>;
  /** Objects that are protected, whatever their manifests say. */
  protected: Record<Address, true>;
  /** What an upgrade made of an id. */
  successors: Record<string, string>;
  /** What was last applied or attested, by field. */
  applied: Record<Address, AppliedFields>;
  attested: Record<Address, AppliedFields>;
  /** By run and change, in the order they were recorded. */
  open: Record<string, OpenIntent>;
  /** The run that spent a plan, by the plan's digest. */
  spent: Record<Digest, string>;
  lease?: Held;
  lastRun?: RunSummary;
}

/** The state before the first entry. */
export function emptyState(): LedgerState {
  const known = { bindings: {}, ids: {}, objects: {}, generations: {}, freed: {}, attempts: {}, vanished: {} };
  return { id: "", head: noHash, seq: 0, ...known, protected: {}, successors: {}, applied: {}, attested: {}, open: {}, spent: {} };
}

/** Everything that is known of an object goes on under its new name, what is open too; its old name is free. */
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
  for (const [key, intent] of Object.entries(state.open)) if (intent.address === from) state.open[key] = { ...intent, address: to };
  state.objects[to] = object;
  free(state, from, began);
}

/** Nothing is known of an object any more. */
export function forgetObject(state: LedgerState, address: Address, began: number): void {
  for (const part of partsOf(state)) delete part[address];
  free(state, address, began);
}

/** All that is kept by the address of an object. */
function partsOf({ bindings, ids, applied, attested, attempts, protected: kept }: LedgerState): readonly Record<Address, unknown>[] {
  return [bindings, ids, applied, attested, attempts, kept];
}

/** Whoever is called so from now on is somebody else. */
function free(state: LedgerState, address: Address, began: number): void {
  state.freed[address] = began;
  const generation = (state.generations[address] ?? 1) + 1;
  state.generations[address] = generation;
  state.objects[address] = `${address}~${generation}`;
}

/** Who is at an address. */
export function objectOf({ objects }: Pick<LedgerState, "objects">, address: Address): ObjectId {
  return objects[address] ?? address;
}

/** The number of the next attempt at a write to an address: that of the last one as long as it may still be done. */
export function attemptAt({ attempts, bindings }: Pick<LedgerState, "attempts" | "bindings">, address: Address): number {
  const last = attempts[address];
  return last?.pending ? last.number : (last?.number ?? bindings[address]?.attempt ?? 0) + 1;
}

/** Whether an action makes or buys something: what was bought as an add-on is created too. */
export function isCreation(action: Action): boolean {
  return action === "create" || action === "upgrade";
}
