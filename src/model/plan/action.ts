/** What a change does to an object. */
export type Action =
  | "create"
  | "update"
  | "upgrade"
  | "remove"
  | "forget"
  | "rename"
  | "protect"
  | "unprotect";

/**
 * An action that changes only the ledger: an object is no longer managed, has a new name, or is
 * protected or no longer protected.
 */
export type LedgerAction = Exclude<Action, "create" | "update" | "upgrade" | "remove">;

const ledgerActions: readonly Action[] = ["forget", "rename", "protect", "unprotect"];

/**
 * Returns true if a change is only recorded in the ledger: no request is sent and the account does
 * not change.
 */
export function isForLedger<C extends { readonly action: Action }>(
  change: C,
): change is C & { readonly action: LedgerAction } {
  return ledgerActions.includes(change.action);
}

/**
 * Why a change is planned. `declared`: declared but not in the account. `differs`: fields differ.
 * `upgraded`: the offer differs and an upgrade is possible. `tombstone`: declared absent.
 * `exclusive`: an unmanaged object of an exclusive kind. `renamed`: declared under another name
 * than in the ledger. `protection`: protection differs from the ledger. `due`: a dated decision of
 * the manifest has become due.
 */
export type Reason =
  | "declared"
  | "differs"
  | "upgraded"
  | "tombstone"
  | "exclusive"
  | "renamed"
  | "protection"
  | "due";

/**
 * What changed since the ledger's last record: the manifest, the account, or both; or `new`, if the
 * ledger has no record of the object or field.
 */
export type Cause = "manifest" | "drift" | "both" | "new";
