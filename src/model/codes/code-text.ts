/** What a code means, in one sentence, and what to do about it. */
export interface CodeText {
  readonly means: string;
  readonly hint?: string;
}
