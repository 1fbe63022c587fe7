/**
 * Characters that steer a terminal or hide from a reader: control characters, half surrogates, unusual line ends, and
 * invisible format characters (bidirectional overrides, tags) but for the two joiners that scripts and emoji need.
 */
export const unsafe = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Whether a text holds such a character. */
export function isUnsafe(text: string): boolean {
  return text.search(unsafe) >= 0;
}
