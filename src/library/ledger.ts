/** Opening, reading, verifying and writing the ledger. */
export type { Attestation, RunRecord, Verification } from "../model/ledger/history.ts";
export {
  type Entry,
  type Event,
  type Hash,
  type Ledger,
  type LedgerReader,
  noHash,
  type Owner,
  type WatchedLease,
} from "../model/ledger/ledger.ts";
export {
  appliedView,
  emptyState,
  foldEntry,
  type LedgerState,
} from "../model/ledger/ledger-state.ts";
export { openLedger, openLedgerState, verify } from "../store/ledger/index.ts";
export { type Machine, thisMachine } from "../store/ledger/file/machine.ts";
export { keepRenewing, type Leasing } from "../store/ledger/lease/held-lease.ts";
export { takeLease } from "../store/ledger/lease/lease.ts";
