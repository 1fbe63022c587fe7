import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { decodeBytes, mergeMarkIn } from "../../model/text/text-bytes.ts";
import { type Text, text } from "./text.ts";
import { record } from "../../model/text/recorded.ts";

/**
 * Limits of one file; a file that exceeds one is not read. `copies` counts values that aliases
 * copy.
 */
export const limits = {
  bytes: 10 * 1024 * 1024,
  documents: 50_000,
  depth: 64,
  copies: 10_000,
} as const;

const loose = new TextDecoder("utf-8");

/**
 * Decodes a file to text without byte order mark. Returns a diagnostic if it is too large, is not
 * UTF-8, contains characters that YAML does not allow, or has unresolved Git merge conflicts.
 */
export function decode(file: string, bytes: Uint8Array): Text | Diagnostic {
  if (bytes.length > limits.bytes) return tooLarge(file, bytes.length);
  const decoded = decodeBytes(bytes);
  if ("wrong" in decoded) return undecoded(file, bytes, decoded.wrong);
  const content = text(file, decoded.text);
  const bad = decoded.text.search(forbidden);
  if (bad >= 0) return forbiddenCharacter(content, bad);
  const mark = mergeMarkIn(decoded.text);
  return mark === undefined ? content : unmerged(content, mark);
}

function undecoded(file: string, bytes: Uint8Array, wrong: "UTF-16" | "not UTF-8"): Diagnostic {
  if (wrong === "UTF-16")
    return notUtf8(text(file, ""), 0, say`It looks like UTF-16: save it as UTF-8.`);
  const shown = loose.decode(bytes);
  return notUtf8(text(file, shown), firstInvalid(shown, bytes), say`Save the file as UTF-8.`);
}

function unmerged(shown: Text, at: number): Diagnostic {
  const message = say`Git left this mark where a merge has to be decided.`;
  const hint = say`Keep the lines that are to stay, and take the marks away: <<<<<<<, ||||||| and =======, and >>>>>>>.`;
  const end = shown.content.indexOf("\n", at);
  const range = [at, end < 0 ? shown.content.length : end] as const;
  return { severity: "error", code: "syntax/merge", message, at: shown.at(range), hint };
}

// Characters outside YAML 1.2's c-printable, and two that readers interpret differently: a lone
// carriage return, and a byte order mark inside the text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]|\r(?!\n)/;

function firstInvalid(shown: string, bytes: Uint8Array): number {
  const encoder = new TextEncoder();
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let offset = mark;
  let from = 0;
  for (let at = shown.indexOf("\ufffd"); at >= 0; at = shown.indexOf("\ufffd", at + 1)) {
    offset += encoder.encode(shown.slice(from, at)).length;
    if (!(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd))
      return at;
    from = at;
  }
  return 0;
}

function notUtf8(shown: Text, at: number, hint: string): Diagnostic {
  const message = say`This is not UTF-8 text.`;
  return { severity: "error", code: "syntax/encoding", message, at: shown.at([at, at + 1]), hint };
}

function forbiddenCharacter(shown: Text, at: number): Diagnostic {
  const code = (shown.content.charCodeAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const message = say`The character U+${code} may not stand in a manifest.`;
  const hint =
    code === "000D"
      ? say`End lines with LF or CRLF.`
      : say`Take it out, or write it as "\\u${code.toLowerCase()}" in double quotes.`;
  return record({
    severity: "error",
    code: "syntax/character",
    message,
    at: shown.at([at, at + 1]),
    hint,
  });
}

function tooLarge(file: string, size: number): Diagnostic {
  const message = say`The file has ${size} bytes; at most ${limits.bytes} are read.`;
  return record({
    severity: "error",
    code: "syntax/file-size",
    message,
    at: text(file, "").at([0, 0]),
    hint: say`Split it into several files.`,
  });
}
