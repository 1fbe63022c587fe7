import { say, type Wording } from "./phrase.ts";

/** A character that is invisible or looks like another one. */
export interface OddCharacter {
  /** Its position in the text, in UTF-16 code units. */
  readonly at: number;
  /** Its code point and a description. */
  readonly name: Wording;
}

const odd =
  /[\u00a0\u00ad\u1680\u2000-\u201f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff\uff01-\uff5e]/;

/** Returns the first such character of a text; undefined if there is none. */
export function oddCharacter(text: string): OddCharacter | undefined {
  const at = text.search(odd);
  return at < 0 ? undefined : { at, name: nameOf(text.charCodeAt(at)) };
}

/** Returns a hint to remove the character. */
export function withoutIt({ name }: OddCharacter): Wording {
  return say`It holds ${name}: write it without.`;
}

function nameOf(code: number): Wording {
  const point = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (code >= 0xff01) return say`${point} (a full-width ${String.fromCharCode(code - 0xfee0)})`;
  if (code === 0xa0 || code === 0x2007 || code === 0x202f) return say`${point} (a no-break space)`;
  if (code === 0x3000 || code === 0x1680 || code === 0x205f || (code >= 0x2000 && code <= 0x200a))
    return say`${point} (a wide space)`;
  if (code >= 0x2010 && code <= 0x2015) return say`${point} (a typographic dash)`;
  if (code >= 0x2018 && code <= 0x201f) return say`${point} (a typographic quotation mark)`;
  return say`${point} (which cannot be seen)`;
}
