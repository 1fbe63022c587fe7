/** One permission check: a read request and whether the backend allowed it. */
export interface Probe {
  /** The attempted action, for people. */
  readonly what: string;
  readonly allowed: boolean;
  /** Further details of the response, or the reason for the refusal. */
  readonly said?: string;
  readonly hint?: string;
  /** Only some commands need it: a refusal is shown, and `check` succeeds. */
  readonly optional?: true;
}
