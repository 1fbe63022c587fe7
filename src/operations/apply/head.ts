import { type Address, kindOf } from "../../model/address.ts";
import type { Binding, LedgerState } from "../../model/ledger/ledger-state.ts";
import type { View } from "../project/project.ts";

/** The ledger at the start of a run, indexed for checking changes. */
export interface Head {
  /** The ledger's address, by kind and id. */
  readonly names: ReadonlyMap<string, Address>;
  /** Objects created since the plan was made, by mark (see `marksOf`). */
  readonly news: ReadonlyMap<string, Address>;
  /** Addresses whose objects other plans have changed or removed since the plan was made. */
  readonly changed: ReadonlySet<Address>;
  /** Objects removed since the plan was made, by mark. */
  readonly removed: ReadonlyMap<string, Address>;
}

/** Indexes a ledger's state. `since` is the number of the entry after which the plan was made. */
export function headOf({ ids, bindings, freed, vanished }: LedgerState, since: number): Head {
  const names = new Map<string, Address>();
  const news = new Map<string, Address>();
  const changed = new Set<Address>();
  for (const [address, id] of Object.entries(ids) as [Address, string][])
    names.set(`${kindOf(address)}\n${id}`, address);
  for (const [address, { seq, began, marks = [] }] of Object.entries(bindings) as [
    Address,
    Binding,
  ][]) {
    if (seq > since) for (const mark of marks) news.set(mark, address);
    if (began > since) changed.add(address);
  }
  for (const [address, began] of Object.entries(freed) as [Address, number][])
    if (began > since) changed.add(address);
  const removed = new Map<string, Address>();
  for (const [address, { began, marks = [] }] of Object.entries(vanished) as [Address, Binding][])
    if (began > since) for (const mark of marks) removed.set(mark, address);
  return { names, news, changed, removed };
}

/** The number of the entry with this hash, the one after which a plan was made. */
export async function seqOf({ ledger }: View, head: string, state: LedgerState): Promise<number> {
  if (head === state.head) return state.seq;
  for await (const { seq } of ledger.entries(head)) return seq - 1;
  return state.seq;
}

/**
 * A copy of the state that a run can modify. `applied` and `attested` are left empty, because a run
 * does not use them.
 */
export function ownState(state: LedgerState): LedgerState {
  const {
    bindings,
    ids,
    objects,
    generations,
    freed,
    attempts,
    vanished,
    protected: kept,
    successors,
    open,
  } = state;
  return {
    ...state,
    bindings: { ...bindings },
    ids: { ...ids },
    objects: { ...objects },
    generations: { ...generations },
    freed: { ...freed },
    attempts: { ...attempts },
    vanished: { ...vanished },
    protected: { ...kept },
    successors: { ...successors },
    open: { ...open },
    applied: {},
    attested: {},
  };
}
