import { fstatSync, openSync, readSync, statSync } from "node:fs";
import { AdapterError } from "../../model/adapter.ts";
import { say } from "../../model/text/phrase.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

const chunkSize = 4 << 20;

/**
 * Opens a file for reading. Returns undefined if it does not exist. Throws AdapterError
 * `unavailable` if it cannot be read or is not a regular file.
 */
export function openIfThere(path: string): number | undefined {
  try {
    // Opening a pipe would block until a writer opens it.
    if (!statSync(path).isFile())
      throw new AdapterError("unavailable", say`The account's file ${path} is not a file.`);
    return openSync(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    if (error instanceof AdapterError) throw error;
    throw new AdapterError(
      "unavailable",
      say`The account's file cannot be read: ${wordingOf(error)}.`,
      { cause: error },
    );
  }
}

/**
 * A buffer for one byte. A read of one byte, done before every request, is cheaper than `fstat`.
 */
const next = Buffer.alloc(1);

/**
 * Calls `take` with each complete line from position `from`. Returns the position after the last
 * complete line.
 */
export function readLines(file: number, from: number, take: (line: string) => void): number {
  if (readSync(file, next, 0, 1, from) === 0) return from;
  const size = fstatSync(file).size;
  let end = from;
  let rest = Buffer.alloc(0);
  while (end + rest.length < size) {
    const at = end + rest.length;
    const chunk = Buffer.allocUnsafe(Math.min(chunkSize, size - at));
    const length = readSync(file, chunk, 0, chunk.length, at);
    if (length === 0) break;
    const bytes =
      rest.length === 0
        ? chunk.subarray(0, length)
        : Buffer.concat([rest, chunk.subarray(0, length)]);
    const used = takeLines(bytes, take);
    end += used;
    rest = bytes.subarray(used);
  }
  return end;
}

function takeLines(bytes: Buffer, take: (line: string) => void): number {
  const end = bytes.lastIndexOf(10);
  if (end >= 0) for (const line of bytes.toString("utf8", 0, end).split("\n")) take(line);
  return end + 1;
}

/** Parses a line as JSON. Throws AdapterError `unavailable` if it is not JSON. */
export function parseLine(line: string, path: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new AdapterError(
      "unavailable",
      say`The account's file is damaged: a line of ${path} is not JSON.`,
      {
        cause: error,
      },
    );
  }
}
