import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { Checked } from "../../model/diagnostic.ts";
import { mostBytes, notRegular, tooLarge, unreadable } from "./manifest-file.ts";

/** How many bytes of each sort of file are read at most. A larger one is an attack or a mistake. */
export const most = {
  manifest: mostBytes,
  /** Keys, identities, signers, certificates, marks. */
  small: 1024 * 1024,
  priceList: 64 * 1024 * 1024,
  /** Plans, receipts and reports of the largest accounts. */
  document: 256 * 1024 * 1024,
  /** What the tool keeps for itself. */
  own: 1024 * 1024 * 1024,
} as const;

/** Why a file is not read, though it is there. */
export type Unfit = "too-large" | "not-regular";

/**
 * The bytes of a file, or why it is not read. A pipe, a device or a file of gigabytes is told from its
 * description: not a byte of it is read. Throws what the file system throws.
 */
export function readBounded(path: string, limit: number): Buffer | Unfit {
  // Opened without waiting, as a pipe would make us.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return "not-regular";
    return stat.size > limit ? "too-large" : all(file, stat.size);
  } finally {
    closeSync(file);
  }
}

/** Read in one go, for what is asked of the system thousands of times has to be little. */
function all(file: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let size = 0;
  for (let count = -1; count !== 0 && size < length; size += count) count = readSync(file, bytes, size, length - size, null);
  return bytes.subarray(0, size);
}

/** How a file is read for people: what they call it, and how large it may be. */
export interface InputOptions {
  readonly shown?: string;
  readonly limit: number;
}

/** The bytes of a file that somebody named, or the diagnostic why there are none. */
export function readInput(path: string, { shown = path, limit }: InputOptions): Checked<Buffer> {
  try {
    const read = readBounded(path, limit);
    if (typeof read !== "string") return { ok: true, value: read, diagnostics: [] };
    return { ok: false, diagnostics: [read === "too-large" ? tooLarge(shown, limit) : notRegular(shown)] };
  } catch (error) {
    return { ok: false, diagnostics: [unreadable(shown, error)] };
  }
}

/** The bytes of a file that only this tool writes; undefined where it is not there, or is nothing this tool writes. */
export function readOwn(path: string, limit: number = most.own): Buffer | undefined {
  try {
    const read = readBounded(path, limit);
    return typeof read === "string" ? undefined : read;
  } catch {
    return undefined;
  }
}

/** All of stdin, or why it is not read to its end: whatever writes to it may never stop. */
export async function readStdin(limit: number, input: AsyncIterable<Uint8Array> = process.stdin): Promise<Checked<Buffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of input) {
    size += piece.length;
    if (size > limit) return { ok: false, diagnostics: [tooLarge("stdin", limit)] };
    pieces.push(piece);
  }
  return { ok: true, value: Buffer.concat(pieces), diagnostics: [] };
}
