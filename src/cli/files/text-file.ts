import type { Checked } from "../../model/diagnostic.ts";
import { decodeBytes, wrongBytes } from "../../model/text/text-bytes.ts";
import { most, readInput } from "../../store/files/read-input.ts";

/** The text of bytes that a file held, without a byte order mark; UTF-16 and anything else is `file/encoding`. */
export function textOf(bytes: Uint8Array, path: string): Checked<string> {
  const decoded = decodeBytes(bytes);
  if ("text" in decoded) return { ok: true, value: decoded.text, diagnostics: [] };
  const [message, hint] = wrongBytes[decoded.wrong];
  return { ok: false, diagnostics: [{ severity: "error", code: "file/encoding", message: `${path}: ${message}`, hint }] };
}

/** The same of a file of at most so many bytes, a small one unless said. */
export function readText(path: string, limit: number = most.small): Checked<string> {
  const read = readInput(path, { limit });
  return read.ok ? textOf(read.value, path) : read;
}

/** Bytes without the byte order mark that Windows editors put before UTF-8. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
