import { closeSync, openSync, readSync, statSync } from "node:fs";
import { LedgerUnavailable } from "../../../model/ledger/ledger.ts";
import { systemReason } from "../../../model/system-error.ts";
import { say } from "../../../model/text/phrase.ts";
import { linesInBytes, type StoredBytes } from "../byte-log.ts";
import type { Snapshot } from "../chain/snapshot.ts";

/** The file's lines up to its current size; empty if there is no file. */
export function linesOnFile(path: string): Snapshot {
  return linesInBytes({
    size: sizeOf(path),
    read: async function* (from, to) {
      if (from >= to) return;
      const file = openSync(path, "r");
      try {
        yield* fileBytes(file, to).read(from, to);
      } finally {
        closeSync(file);
      }
    },
  });
}

function sizeOf(path: string): number {
  try {
    const stat = statSync(path);
    // Opening a pipe would wait for a writer.
    if (!stat.isFile())
      throw new LedgerUnavailable(
        say`The ledger ${path} is not a file (a pipe, a socket, a device or a folder).`,
      );
    return stat.size;
  } catch (error) {
    if (error instanceof LedgerUnavailable) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw unavailable(path, error as NodeJS.ErrnoException);
  }
}

/** The bytes of an open file up to a size. */
export function fileBytes(file: number, size: number): StoredBytes {
  return {
    size,
    read: async function* (from, to) {
      for (let at = from; at < to; ) {
        const piece = Buffer.allocUnsafe(Math.min(1 << 20, to - at));
        const count = readSync(file, piece, 0, piece.length, at);
        if (count === 0) return;
        yield piece.subarray(0, count);
        at += count;
      }
    },
  };
}

/** Runs the work and makes errors of the system a LedgerUnavailable. */
export async function explainErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isSystem(error) ? unavailable(path, error) : error;
  }
}

function isSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function unavailable(path: string, error: NodeJS.ErrnoException): LedgerUnavailable {
  return new LedgerUnavailable(
    say`The ledger ${path} cannot be used: ${systemReason(error) ?? error.message} (${error.code ?? ""}).`,
    {
      cause: error,
    },
  );
}
