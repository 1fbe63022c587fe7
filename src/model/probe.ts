/** One thing that a backend was asked, to find out whether it is allowed. */
export interface Probe {
  /** What was tried, for people. */
  readonly what: string;
  readonly allowed: boolean;
  /** What else the answer told, or why it is refused. */
  readonly said?: string;
  readonly hint?: string;
}
