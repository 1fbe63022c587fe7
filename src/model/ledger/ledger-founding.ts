/** An account at a backend, as a ledger names it. */
export interface LedgerAccount {
  readonly id: string;
  readonly adapter: string;
  /** The host of its API, where it has one. */
  readonly host?: string;
}

/** What a new ledger is founded with: its id, and the one account and project it is for. */
export interface Founding {
  readonly id: string;
  readonly account: LedgerAccount;
  readonly project: string;
}

/** What a kind of ledger can do. */
export interface LedgerTraits {
  /** A machine that forgets its files finds it again, and so does every other machine. */
  readonly lasts: boolean;
  /** It keeps a key of its own; otherwise it is given one. */
  readonly ownKey: boolean;
  /** Plans can be published beside it. */
  readonly publishesPlans: boolean;
}
