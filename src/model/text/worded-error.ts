import { english, type Wording } from "./phrase.ts";
import { textOf, type Worded } from "./recorded.ts";

/** An error with a text for people: `message` is its English, `wording` what it is made from. */
export class WordedError extends Error {
  readonly wording: Wording;

  constructor(wording: Wording, options?: ErrorOptions) {
    super(english(wording), options);
    this.wording = wording;
  }
}

/**
 * The text of anything thrown, as a value of another text. An error of another copy of this package
 * counts as well. If its `wording` says something else than its message, the message is the text.
 */
export function wordingOf(error: unknown): Wording {
  if (!(error instanceof Error)) return String(error);
  const { message, wording } = error as Error & { readonly wording?: unknown };
  return textOf({ message, values: { message: wording } } as Worded, "message");
}
