import type { Hmac } from "node:crypto";
import { ownSum } from "./machine-key.ts";
import { readOwn } from "../files/read-input.ts";
import { replaceFile } from "../files/atomic-write.ts";

const rowsPerLine = 500;

/** The rows of a file as `writeRows` wrote it; none where it is not there, not in this format, or not exactly as it was written, here. */
export function readRows(path: string, format: string): readonly unknown[] {
  try {
    const bytes = readOwn(path);
    if (!bytes) return [];
    const end = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    const sum = ownSum()?.update(bytes.subarray(0, end)).digest("hex");
    return sum !== undefined && bytes.toString("latin1", end) === `${sum}\n` ? parsed(bytes.subarray(0, end), format) : [];
  } catch {
    return [];
  }
}

/** One line at a time: neither the text nor its parsing is ever in memory as a whole. */
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

/** Writes rows with their checksum, first the line that says what they are; that they cannot be kept is no error. */
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
    const line = Buffer.from(`${at < 0 ? format : JSON.stringify(rows.slice(at, at + rowsPerLine))}\n`);
    sum.update(line);
    yield line;
  }
  yield Buffer.from(`${sum.digest("hex")}\n`);
}
