// Texts from elsewhere end with a full stop or without one; the sentence around them has its own.

/** A text from elsewhere (a system, a service, a person) at the end of a sentence: no full stop. */
export function withoutStop(text: string): string {
  return text.replace(/[.。\s]+$/u, "");
}
