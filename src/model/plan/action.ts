/** What happens to an object. */
export type Action = "create" | "update" | "upgrade" | "remove" | "forget" | "rename" | "protect" | "unprotect";

/** What only the ledger learns of an object: that it is managed no more, its new name, that it is protected or no more. */
export type LedgerAction = Exclude<Action, "create" | "update" | "upgrade" | "remove">;

const ledgerActions: readonly Action[] = ["forget", "rename", "protect", "unprotect"];

/** Whether a change is for the ledger alone: no request is made, and nothing happens in the account. */
export function isForLedger<C extends { readonly action: Action }>(change: C): change is C & { readonly action: LedgerAction } {
  return ledgerActions.includes(change.action);
}

/** Why a change is planned: declared and not there; fields differ; the offer differs and can be upgraded; a tombstone; an exclusive kind's unmanaged object; declared under another name than the ledger knows; protected or not, unlike what the ledger knows. */
export type Reason = "declared" | "differs" | "upgraded" | "tombstone" | "exclusive" | "renamed" | "protection";

/** What moved since the ledger's last word: the manifest, the account, both, or nothing was known of the object. */
export type Cause = "manifest" | "drift" | "both" | "new";
