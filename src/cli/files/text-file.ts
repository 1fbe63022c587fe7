import type { Checked } from "../../model/diagnostic.ts";
import { labelText } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { decodeBytes, wrongBytes } from "../../model/text/text-bytes.ts";
import { most, readInput } from "../../store/files/read-input.ts";

/**
 * Decodes UTF-8 and removes the byte order mark. Diagnostic `file/encoding` for any other encoding.
 */
export function decodeText(bytes: Uint8Array, path: string): Checked<string> {
  const decoded = decodeBytes(bytes);
  if ("text" in decoded) return { ok: true, value: decoded.text, diagnostics: [] };
  const [message, hint] = wrongBytes[decoded.wrong];
  return {
    ok: false,
    diagnostics: [
      record({ severity: "error", code: "file/encoding", message: labelText(path, message), hint }),
    ],
  };
}

/** Reads a text file of at most `limit` bytes. */
export function readText(path: string, limit: number = most.small): Checked<string> {
  const read = readInput(path, { limit });
  return read.ok ? decodeText(read.value, path) : read;
}

/** The bytes without a UTF-8 byte order mark, which Windows editors add. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
