import {
  closeSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { type Hash, LedgerMoved, type LedgerTraits } from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/phrase.ts";
import { syncFolder } from "../../files/atomic-write.ts";
import { joinLines, linesInBytes, measureBytes } from "../byte-log.ts";
import { beginning } from "../chain/chain.ts";
import { lastAppend, stands } from "../chain/ends.ts";
import { type LedgerSigner, signedLedger } from "../chain/signed.ts";
import type { Sighting, Storage, StoredLedger } from "../chain/stored-ledger.ts";
import { explainErrors, fileBytes, linesOnFile } from "./file-lines.ts";
import { lock } from "./lock.ts";
import type { LedgerMemory } from "./memory.ts";
import { repairFile } from "./repair-file.ts";

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
          say`The ledger ${path} has moved on: its head is ${end.head}, not ${after}.`,
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
      const unlock = await explainErrors(path, () => begin(path, now));
      try {
        return await explainErrors(path, () =>
          sightingOf(path, memory).then((seen) => repairFile(seen, { path, now, memory })),
        );
      } finally {
        unlock();
      }
    },
    extend: async (after, lines) => {
      const unlock = await explainErrors(path, () => begin(path, now));
      try {
        return await explainErrors(path, () => append(after, lines));
      } finally {
        unlock();
      }
    },
  };
}

type Lines = Parameters<Storage["extend"]>[1];

async function sightingOf(path: string, memory: LedgerMemory | undefined): Promise<Sighting> {
  const snapshot = linesOnFile(path);
  const seen = memory?.seen();
  const there = !seen || (await stands(snapshot, seen));
  return {
    ...snapshot,
    ...(!there && {
      gone: say`Entry ${seen.seq} of the ledger ${path}, which this machine has seen (${seen.head}), is gone.`,
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
