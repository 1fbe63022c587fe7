import { say } from "./phrase.ts";

/** A file's text without byte order mark, or why its bytes cannot be decoded. */
export type Decoded = { readonly text: string } | { readonly wrong: "UTF-16" | "not UTF-8" };

const strict = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes UTF-8 text, with or without a byte order mark. Detects UTF-16 by its byte order mark, or
 * by a zero in the first two bytes.
 */
export function decodeBytes(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) return { wrong: "UTF-16" };
  try {
    return { text: strict.decode(bytes) };
  } catch {
    return { wrong: "not UTF-8" };
  }
}

/** Why bytes cannot be decoded, and what to do about it. */
export const wrongBytes: Readonly<
  Record<"UTF-16" | "not UTF-8", readonly [message: string, hint: string]>
> = {
  "UTF-16": [
    say`It is UTF-16 text.`,
    say`Save it as UTF-8; Windows PowerShell does with Out-File -Encoding utf8.`,
  ],
  "not UTF-8": [say`It is not UTF-8 text.`, say`Save it as UTF-8.`],
};

function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (first === 0) !== (second === 0) && bytes.length % 2 === 0 && bytes.length > 1;
}

const mergeMark = /^(?:<{7}|>{7}|\|{7})(?: .*|\r?)$|^={7}\r?$/m;

/** Returns the position of the first Git conflict marker; undefined if there is none. */
export function mergeMarkIn(text: string): number | undefined {
  const at = text.search(mergeMark);
  return at < 0 ? undefined : at;
}
