import {
  closeSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import {
  type Hash,
  LedgerMoved,
  type LedgerTraits,
  LedgerUnavailable,
} from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/say.ts";
import { systemReason } from "../../../model/system-error.ts";
import { syncFolder } from "../../files/atomic-write.ts";
import { beginning } from "../chain/chain.ts";
import { lastAppend, stands } from "../chain/ends.ts";
import { lock } from "./lock.ts";
import type { LedgerMemory } from "./memory.ts";
import { repairFile } from "./repair-file.ts";
import { signedLedger, type LedgerSigner } from "../chain/signed.ts";
import type { Snapshot } from "../chain/snapshot.ts";
import type { Sighting, Storage, StoredLedger } from "../chain/stored-ledger.ts";
import { joinLines, linesInBytes, measureBytes, type StoredBytes } from "../byte-log.ts";

const sync = promisify(fdatasync);

/** The path of a file ledger, and this machine's memory of it. */
export interface FileLedgerOptions extends LedgerSigner {
  readonly path: string;
  readonly memory?: LedgerMemory;
}

/** The capabilities of a file ledger. */
export const fileTraits: LedgerTraits = { lasts: false, ownKey: true, publishesPlans: false };

/**
 * A ledger in a local file of JSON lines. An append is durable on return; if it fails, the entries
 * in the file are unchanged.
 */
export function fileLedger(options: FileLedgerOptions): StoredLedger {
  return signedLedger(fileStorage(options), options);
}

function fileStorage({ path, now, memory }: FileLedgerOptions): Storage {
  const append = async (after: Hash, lines: Lines): Promise<Hash> => {
    const file = openSync(path, "a+", 0o600);
    try {
      const size = fstatSync(file).size;
      const there = linesInBytes(fileBytes(file, size));
      const end = (await lastAppend(there))?.position ?? beginning;
      if (end.head !== after)
        throw new LedgerMoved(
          say`the ledger ${path} has moved on: its head is ${end.head}, not ${after}`,
        );
      const made = await lines(end, async () => there);
      await write(file, joinLines(made.lines), { end: end.offset, size });
      if (end.seq === 0) syncFolder(dirname(path));
      memory?.saw(made.end);
      return made.end.head;
    } finally {
      closeSync(file);
    }
  };
  return {
    traits: fileTraits,
    where: path,
    measure: measureBytes,
    look: async () => sightingOf(path, memory),
    repair: async () => {
      const unlock = await explained(path, () => begin(path, now));
      try {
        return await explained(path, () =>
          sightingOf(path, memory).then((seen) => repairFile(seen, { path, now, memory })),
        );
      } finally {
        unlock();
      }
    },
    extend: async (after, lines) => {
      const unlock = await explained(path, () => begin(path, now));
      try {
        return await explained(path, () => append(after, lines));
      } finally {
        unlock();
      }
    },
  };
}

type Lines = Parameters<Storage["extend"]>[1];

async function sightingOf(path: string, memory: LedgerMemory | undefined): Promise<Sighting> {
  const snapshot = onFile(path);
  const seen = memory?.seen();
  const there = !seen || (await stands(snapshot, seen));
  return {
    ...snapshot,
    ...(!there && {
      gone: say`entry ${seen.seq} of the ledger ${path}, which this machine has seen (${seen.head}), is gone`,
    }),
    saw: async (end) => memory?.saw(end),
  };
}

function begin(path: string, now: () => Date): Promise<() => void> {
  mkdirSync(dirname(path), { recursive: true });
  return lock(`${path}.lock`, now);
}

/**
 * Writes after the last complete append and removes an incomplete one. If writing fails, truncates
 * the file again and throws.
 */
async function write(
  file: number,
  text: string,
  at: { readonly end: number; readonly size: number },
): Promise<void> {
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

/** The file's lines up to its current size; empty if there is no file. */
function onFile(path: string): Snapshot {
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
        say`the ledger ${path} is not a file (a pipe, a socket, a device or a folder)`,
      );
    return stat.size;
  } catch (error) {
    if (error instanceof LedgerUnavailable) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw unavailable(path, error as NodeJS.ErrnoException);
  }
}

function fileBytes(file: number, size: number): StoredBytes {
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
  return new LedgerUnavailable(
    say`the ledger ${path} cannot be used: ${systemReason(error) ?? error.message} (${error.code})`,
    {
      cause: error,
    },
  );
}
