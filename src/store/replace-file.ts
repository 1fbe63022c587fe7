import { randomUUID } from "node:crypto";
import { closeSync, fchmodSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

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

/** Writes a file whole or not at all, durable when it returns; folders on the way are made. Throws what the file system throws. */
export function replaceFile(path: string, content: string | Iterable<Uint8Array>, options: Replacing): void {
  const folder = dirname(path);
  const draft = `${path}.${randomUUID()}.tmp`;
  mkdirSync(folder, { recursive: true });
  try {
    withFile(draft, { flag: "wx", mode: options.mode }, (file) => {
      if (options.exact) fchmodSync(file, options.mode);
      for (const bytes of typeof content === "string" ? [Buffer.from(content)] : content) writeAll(file, bytes);
      if (!options.volatile) fsyncSync(file);
    });
    if (options.keep) linkSync(draft, path);
    else renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  if (!options.volatile) withFile(folder, { flag: "r", mode: 0 }, fsyncSync);
}

function withFile(path: string, how: { readonly flag: string; readonly mode: number }, work: (file: number) => void): void {
  const file = openSync(path, how.flag, how.mode);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
