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

/** How to write a file. */
export interface Replacing {
  readonly mode: number;
  /** Sets exactly this mode, regardless of the umask. */
  readonly exact?: true;
  /** Skips fsync. A power failure may damage the file, which its readers detect. */
  readonly volatile?: true;
  /** Keeps an existing file and throws EEXIST. */
  readonly keep?: true;
}

type Content = string | Iterable<Uint8Array>;

/**
 * Writes a file atomically and durably; creates missing folders. Devices and open streams
 * (`/dev/stdout`) are written to, not replaced. Throws file-system errors.
 */
export function replaceFile(path: string, content: Content, options: Replacing): void {
  if (isStream(path))
    withFile(path, { flag: "a", mode: options.mode }, (file) => writeContent(file, content));
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
    // Report the target: the user does not know the draft, and errors of write name no file.
    throw error instanceof Error && "syscall" in error ? Object.assign(error, { path }) : error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (!options.volatile) syncFolder(folder);
}

/**
 * Creates `path` with the draft's content. Throws EEXIST if it exists. Atomic, except on file
 * systems without hard links.
 */
export function createFrom(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
    withFile(path, { flag: "r+", mode: 0 }, fsyncSync);
  }
}

/** Makes the names in a folder durable, if the file system supports it. */
export function syncFolder(folder: string): void {
  ifSupported(() => withFile(folder, { flag: "r", mode: 0 }, fsyncSync));
}

/** Replacing a device or a process's stream by a file would destroy it. */
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

function withFile(
  path: string,
  how: { readonly flag: string; readonly mode: number },
  work: (file: number) => void,
): void {
  const file = openSync(path, how.flag, how.mode);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}

function writeContent(file: number, content: Content): void {
  for (const bytes of typeof content === "string" ? [Buffer.from(content)] : content)
    writeAll(file, bytes);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
