import { randomUUID } from "node:crypto";
import { closeSync, fdatasync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { type Event, type Hash, LedgerMoved, LedgerUnavailable } from "../../model/ledger.ts";
import { say } from "../../model/say.ts";
import { systemReason } from "../../model/system-error.ts";
import { syncFolder } from "../replace-file.ts";
import { chain } from "./chain.ts";
import { lock } from "./lock.ts";
import { lastPosition, readerOf, type Snapshot, type StoredLedger } from "./stored.ts";

const sync = promisify(fdatasync);

/** A ledger in a file of JSON lines on this machine. What is appended is on the disk when it returns; where that fails the file is as it was. */
export function fileLedger({ path, now }: { readonly path: string; readonly now: () => Date }): StoredLedger {
  const snapshot = async () => onFile(path);
  const append = async (events: readonly Event[], after: Hash): Promise<Hash> => {
    const file = openSync(path, "a+", 0o600);
    try {
      const size = fstatSync(file).size;
      const end = await lastPosition(fileBytes(file, size));
      if (end.head !== after) throw new LedgerMoved(say`the ledger ${path} has moved on: its head is ${end.head}, not ${after}`);
      const founding: Event[] = end.seq === 0 ? [{ at: now().toISOString(), type: "founded", id: randomUUID(), version: 1 }] : [];
      const { text, end: next } = chain([...founding, ...events], end);
      await write(file, text, { end: end.offset, size });
      if (founding.length > 0) syncFolder(dirname(path));
      return next.head;
    } finally {
      closeSync(file);
    }
  };
  return {
    ...readerOf(snapshot),
    where: path,
    snapshot,
    append: async (events, after) => {
      const unlock = await explained(path, () => begin(path, now));
      try {
        return await explained(path, () => append(events, after));
      } finally {
        unlock();
      }
    },
  };
}

function begin(path: string, now: () => Date): Promise<() => void> {
  mkdirSync(dirname(path), { recursive: true });
  return lock(`${path}.lock`, now);
}

/** Appends behind the last whole line; what was torn there goes, and so does all of this if it cannot be written whole. */
async function write(file: number, text: string, at: { readonly end: number; readonly size: number }): Promise<void> {
  if (at.size > at.end) ftruncateSync(file, at.end);
  try {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    await sync(file);
  } catch (error) {
    ftruncateSync(file, at.end);
    await sync(file).catch(() => undefined);
    throw error;
  }
}

/** The file's bytes up to the size it has now; none where there is no file. */
function onFile(path: string): Snapshot {
  return {
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
  };
}

function sizeOf(path: string): number {
  try {
    const file = openSync(path, "r");
    try {
      return fstatSync(file).size;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw unavailable(path, error as NodeJS.ErrnoException);
  }
}

function fileBytes(file: number, size: number): Snapshot {
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

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
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
  return new LedgerUnavailable(say`the ledger ${path} cannot be used: ${systemReason(error) ?? error.message} (${error.code})`, {
    cause: error,
  });
}
