import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { Checked } from "../../model/diagnostic.ts";
import { mostBytes, notRegular, tooLarge, unreadable } from "./manifest-file.ts";

/** Maximum size of each type of file, in bytes. A larger file is an attack or a mistake. */
export const most = {
  manifest: mostBytes,
  /** Keys, identities, allowed signers, certificates, marks, locks. */
  small: 1024 * 1024,
  priceList: 64 * 1024 * 1024,
  /** Plans, receipts and reports of the largest accounts. */
  document: 256 * 1024 * 1024,
  /** Files that only this tool writes. */
  own: 1024 * 1024 * 1024,
} as const;

/** Why an existing file is not read. */
export type Unfit = "too-large" | "not-regular";

/**
 * Reads a file of at most `limit` bytes. Otherwise returns why not: a larger file, a pipe, a device
 * or a folder is recognized without reading it. Throws file-system errors.
 */
export function readBounded(path: string, limit: number): Buffer | Unfit {
  // Opening a pipe would otherwise wait for a writer.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return "not-regular";
    return stat.size > limit ? "too-large" : all(file, stat.size);
  } finally {
    closeSync(file);
  }
}

/** Uses as few system calls as possible: with thousands of files, they dominate the time. */
function all(file: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let size = 0;
  for (let count = -1; count !== 0 && size < length; size += count)
    count = readSync(file, bytes, size, length - size, null);
  return bytes.subarray(0, size);
}

/** The file's name in messages (by default its path), and its maximum size in bytes. */
export interface InputOptions {
  readonly shown?: string;
  readonly limit: number;
}

/**
 * Reads a file that the user named. Fails with file/too-large, file/not-regular or file/unreadable.
 */
export function readInput(path: string, { shown = path, limit }: InputOptions): Checked<Buffer> {
  try {
    const read = readBounded(path, limit);
    if (typeof read !== "string") return { ok: true, value: read, diagnostics: [] };
    return {
      ok: false,
      diagnostics: [read === "too-large" ? tooLarge(shown, limit) : notRegular(shown)],
    };
  } catch (error) {
    return { ok: false, diagnostics: [unreadable(shown, error)] };
  }
}

/**
 * Reads a file that only this tool writes; undefined if it is missing, too large or cannot be read.
 */
export function readOwn(path: string, limit: number = most.own): Buffer | undefined {
  try {
    const read = readBounded(path, limit);
    return typeof read === "string" ? undefined : read;
  } catch {
    return undefined;
  }
}

/**
 * Reads stdin to its end. Fails with file/too-large beyond `limit` bytes, because a writer may
 * never stop.
 */
export async function readStdin(
  limit: number,
  input: AsyncIterable<Uint8Array> = process.stdin,
): Promise<Checked<Buffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of input) {
    size += piece.length;
    if (size > limit) return { ok: false, diagnostics: [tooLarge("stdin", limit)] };
    pieces.push(piece);
  }
  return { ok: true, value: Buffer.concat(pieces), diagnostics: [] };
}
