import { type Address, kindOf } from "../../model/address.ts";
import type { Binding, LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { View } from "../project/project.ts";

/** The ledger at the head a run begins at, as its changes ask for it. */
export interface Head {
  /** The address of every id, by kind. */
  readonly names: ReadonlyMap<string, Address>;
  /** What was made since the plan was, by what it could be taken for. */
  readonly news: ReadonlyMap<string, Address>;
  /** Addresses of which other plans changed the object since the plan was made, or took it away. */
  readonly changed: ReadonlySet<Address>;
  /** What was removed since the plan was made, by what it could be taken for. */
  readonly removed: ReadonlyMap<string, Address>;
}

/** Looks through a ledger's state once, so that no change has to. */
export function headOf({ ids, bindings, freed, vanished }: LedgerState, since: number): Head {
  const names = new Map<string, Address>();
  const news = new Map<string, Address>();
  const changed = new Set<Address>();
  for (const [address, id] of Object.entries(ids) as [Address, string][]) names.set(`${kindOf(address)}\n${id}`, address);
  for (const [address, { seq, began, marks = [] }] of Object.entries(bindings) as [Address, Binding][]) {
    if (seq > since) for (const mark of marks) news.set(mark, address);
    if (began > since) changed.add(address);
  }
  for (const [address, began] of Object.entries(freed) as [Address, number][]) if (began > since) changed.add(address);
  const removed = new Map<string, Address>();
  for (const [address, { began, marks = [] }] of Object.entries(vanished) as [Address, Binding][])
    if (began > since) for (const mark of marks) removed.set(mark, address);
  return { names, news, changed, removed };
}

/** The address the ledger knew a change's object by when the run began. */
export function lookedUp(
  { names }: Head,
  { kind, observed }: Change & { readonly observed: { readonly id: string } },
): Address | undefined {
  return names.get(`${kind}\n${observed.id}`);
}

/** The number of the entry a plan was made after. */
export async function seqOf({ ledger }: View, head: string, state: LedgerState): Promise<number> {
  if (head === state.head) return state.seq;
  for await (const { seq } of ledger.entries(head)) return seq - 1;
  return state.seq;
}

/** A state of its own, which a run may go on with; what was applied to which field is nothing a run asks for. */
export function ownState(state: LedgerState): LedgerState {
  const { bindings, ids, objects, generations, freed, attempts, vanished, protected: kept, successors, open } = state;
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
