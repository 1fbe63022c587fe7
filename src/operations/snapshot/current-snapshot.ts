import { type AccountSnapshot, emptySnapshot } from "../../model/snapshot/account-snapshot.ts";
import type { Address } from "../../model/address.ts";
import { noHash } from "../../model/ledger/ledger.ts";
import { LedgerRefused } from "../../model/ledger/ledger-errors.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { SnapshotUse, View } from "../project/project.ts";
import { writtenSince } from "./touched.ts";

/** A snapshot, and the addresses that were written to since its readings. */
export interface CurrentSnapshot {
  readonly snapshot: AccountSnapshot;
  readonly written: ReadonlySet<Address>;
}

/**
 * Loads the snapshot of an account. Empty if there is none, or if it is of another account, of
 * another ledger, or from a head that the ledger does not contain.
 */
export async function currentSnapshot(
  view: View,
  {
    store,
    fresh,
    account,
    state,
  }: Pick<SnapshotUse, "store" | "fresh"> & {
    readonly account: string;
    readonly state: LedgerState;
  },
): Promise<CurrentSnapshot> {
  const none = { snapshot: emptySnapshot(account), written: new Set<Address>() };
  const stored = fresh ? undefined : await store.load(state.id);
  if (stored?.snapshot.account !== account) return none;
  const { snapshot, head } = stored;
  try {
    const entries = view.ledger.entries(head === noHash ? undefined : head);
    return { snapshot, written: await writtenSince(entries, state) };
  } catch (error) {
    if (error instanceof LedgerRefused) return none;
    throw error;
  }
}
