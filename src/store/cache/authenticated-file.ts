import type { Hmac } from "node:crypto";
import { ownSum } from "./machine-key.ts";
import { readOwn } from "../files/read-input.ts";
import { replaceFile } from "../files/atomic-write.ts";

const rowsPerLine = 500;

/**
 * Reads the rows that `writeRows` wrote on this machine. Empty if the file is missing, has another
 * format or fails its integrity check.
 */
export function readRows(path: string, format: string): readonly unknown[] {
  try {
    const bytes = readOwn(path);
    if (!bytes) return [];
    const end = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    const sum = ownSum()?.update(bytes.subarray(0, end)).digest("hex");
    return sum !== undefined && bytes.toString("latin1", end) === `${sum}\n`
      ? parsed(bytes.subarray(0, end), format)
      : [];
  } catch {
    return [];
  }
}

/** Parses line by line, so the whole text is never in memory as a string. */
function parsed(bytes: Buffer, format: string): readonly unknown[] {
  const rows: unknown[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const line = bytes.toString("utf8", at, end);
    if (at === 0 && line !== format) return [];
    if (at > 0) for (const row of JSON.parse(line)) rows.push(row);
    at = end + 1;
  }
  return rows;
}

/**
 * Writes a format line, the rows and an HMAC that `readRows` checks. Does nothing if the file
 * system refuses or this machine has no key.
 */
export function writeRows(path: string, format: string, rows: readonly unknown[]): void {
  const sum = ownSum();
  if (!sum) return;
  try {
    replaceFile(path, lines(format, rows, sum), { mode: 0o600, volatile: true });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}

function* lines(format: string, rows: readonly unknown[], sum: Hmac): Generator<Uint8Array> {
  for (let at = -rowsPerLine; at < rows.length; at += rowsPerLine) {
    const line = Buffer.from(
      `${at < 0 ? format : JSON.stringify(rows.slice(at, at + rowsPerLine))}\n`,
    );
    sum.update(line);
    yield line;
  }
  yield Buffer.from(`${sum.digest("hex")}\n`);
}
