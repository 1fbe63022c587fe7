import {
  appendFile,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { AdapterError } from "../../model/adapter.ts";
import { say } from "../../model/text/phrase.ts";
import { syncFolder } from "../sync-folder.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

const append = promisify(appendFile);
const sync = promisify(fdatasync);

/**
 * Appends the bytes and syncs the file. On failure, truncates the file to `size` and rethrows: the
 * write did not happen. If truncating fails too, throws AdapterError `unknown-outcome`.
 */
export async function appendDurably(file: number, bytes: Buffer, size: number): Promise<void> {
  try {
    await append(file, bytes);
    await sync(file);
  } catch (error) {
    if (undo(file, size)) throw error;
    throw new AdapterError(
      "unknown-outcome",
      say`The account's file may or may not hold the write: ${wordingOf(error)}.`,
      {
        cause: error,
      },
    );
  }
}

function undo(file: number, size: number): boolean {
  try {
    if (fstatSync(file).size === size) return true;
    ftruncateSync(file, size);
    fsyncSync(file);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens the file for appending, and creates it and its folder if needed. Syncs the folder to make
 * the file's name durable.
 */
export function create(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "a");
  syncFolder(dirname(path));
  return file;
}
