/**
 * Characters that control a terminal or are invisible: control characters, lone surrogates, line
 * and paragraph separators, and format characters (bidirectional overrides, tags). Excludes the two
 * joiners, which some scripts and emoji need.
 */
export const unsafe = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Returns true if a text contains such a character. */
export function isUnsafe(text: string): boolean {
  return text.search(unsafe) >= 0;
}
