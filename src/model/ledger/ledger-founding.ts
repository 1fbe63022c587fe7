/** The account of a backend that a ledger is for. */
export interface LedgerAccount {
  readonly id: string;
  readonly adapter: string;
  /** Host name of the API, if it has one. */
  readonly host?: string;
}

/** The identity of a new ledger: its id, and the only account and project it is for. */
export interface Founding {
  readonly id: string;
  readonly account: LedgerAccount;
  readonly project: string;
}

/** Properties of a type of ledger. */
export interface LedgerTraits {
  /** It survives the loss of a machine's files, and other machines can read it. */
  readonly lasts: boolean;
  /** It stores its own key. Other ledgers are given one. */
  readonly ownKey: boolean;
  /** Plans can be published next to it. */
  readonly publishesPlans: boolean;
}

/** The fields that mark entries appended together. */
export interface AppendMarks {
  /** In the first of several entries: how many there are. */
  readonly appendLines?: number;
  /** In the last entry: the Ed25519 signature. */
  readonly appendSignature?: string;
}
