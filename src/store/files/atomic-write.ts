import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { isUnsupported } from "../../model/system-error.ts";

/** How a file is written. */
export interface Replacing {
  readonly mode: number;
  /** The mode is just this, whatever the process leaves out of the modes of its files. */
  readonly exact?: true;
  /** It need not survive a loss of power: whoever reads it can tell. */
  readonly volatile?: true;
  /** A file that is there already stays: EEXIST is thrown. */
  readonly keep?: true;
}

type Content = string | Iterable<Uint8Array>;

/** Writes a file whole or not at all, durable when it returns; folders on the way are made. A device or an open stream (`/dev/stdout`) is written to. Throws what the file system throws. */
export function replaceFile(path: string, content: Content, options: Replacing): void {
  if (isStream(path)) withFile(path, { flag: "a", mode: options.mode }, (file) => writeContent(file, content));
  else replaceWhole(path, content, options);
}

function replaceWhole(path: string, content: Content, options: Replacing): void {
  const folder = dirname(path);
  const draft = `${path}.${randomUUID()}.tmp`;
  mkdirSync(folder, { recursive: true });
  try {
    withFile(draft, { flag: "wx", mode: options.mode }, (file) => {
      if (options.exact) ifSupported(() => fchmodSync(file, options.mode));
      writeContent(file, content);
      if (!options.volatile) fsyncSync(file);
    });
    if (options.keep) createFrom(draft, path);
    else renameSync(draft, path);
  } catch (error) {
    // Nobody knows the draft by its name, and a failed write names no file at all.
    throw error instanceof Error && "syscall" in error ? Object.assign(error, { path }) : error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (!options.volatile) syncFolder(folder);
}

/** Gives a draft's content a name that no file has yet; EEXIST where one has. It appears whole, but where the file system knows no hard links. */
export function createFrom(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
    withFile(path, { flag: "r+", mode: 0 }, fsyncSync);
  }
}

/** Makes the names in a folder durable, where its file system can. */
export function syncFolder(folder: string): void {
  ifSupported(() => withFile(folder, { flag: "r", mode: 0 }, fsyncSync));
}

/** What stands there for a device or a stream of a process would be lost if a file took its place. */
function isStream(path: string): boolean {
  return /^\/(dev|proc)\//.test(resolve(path)) && !resolve(path).startsWith("/dev/shm/");
}

function ifSupported(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}

function withFile(path: string, how: { readonly flag: string; readonly mode: number }, work: (file: number) => void): void {
  const file = openSync(path, how.flag, how.mode);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}

function writeContent(file: number, content: Content): void {
  for (const bytes of typeof content === "string" ? [Buffer.from(content)] : content) writeAll(file, bytes);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
