// Reads the files of a git tree without a checkout.
import { say, type Wording } from "../../model/text/phrase.ts";
import { git } from "./git.ts";
import { WordedError } from "../../model/text/worded-error.ts";

/** A blob as listed in a tree; `size` is in bytes. */
export interface Blob {
  readonly mode: string;
  readonly hash: string;
  readonly size: number;
  readonly path: string;
}

/** Git could not read a blob that a tree lists; the message is git's reason. */
export class BlobUnavailable extends WordedError {
  override readonly name = "BlobUnavailable";
}

/** The error to throw for git's reason. */
type Failed = (why: Wording) => Error;

const unavailable: Failed = (why) => new BlobUnavailable(why);

/**
 * Parses the blobs in the output of `git ls-tree -z -l`. Throws what `failed` makes of the reason
 * if git lists a blob without its size, because it cannot read it.
 */
export function blobs(listing: Uint8Array, failed: Failed = unavailable): readonly Blob[] {
  const rows = Buffer.from(listing).toString("utf8").split("\0");
  return rows.flatMap((row) => {
    const tab = row.indexOf("\t");
    const [mode = "", type, hash = "", size] = row.slice(0, tab).split(/ +/);
    if (type !== "blob") return [];
    if (Number.isNaN(Number(size))) throw failed(say`nothing for ${hash}`);
    return [{ mode, hash, size: Number(size), path: row.slice(tab + 1) }];
  });
}

/** Parses the paths of submodules in the output of `git ls-tree -r -z -l`. */
export function submodules(listing: Uint8Array): readonly string[] {
  const rows = Buffer.from(listing).toString("utf8").split("\0");
  return rows
    .filter((row) => row.startsWith("160000 "))
    .map((row) => row.slice(row.indexOf("\t") + 1));
}

/** Maximum bytes of blobs in memory at a time. A larger blob is read alone. */
const bytesAtOnce = 64 * 1024 * 1024;

/** The part of a blob's listing that is needed to read it. */
export type Wanted = Pick<Blob, "hash" | "size">;

/**
 * Yields blobs with their contents, in the given order, with at most 64 MiB in memory at a time (or
 * one larger blob). Throws what `failed` makes of git's reason, if a blob cannot be read.
 */
export async function* contents<B extends Wanted>(
  files: readonly B[],
  folder: string,
  failed: Failed = unavailable,
): AsyncGenerator<readonly [B, Uint8Array]> {
  for (const some of inPortions(files)) {
    const found = await read(some, folder, failed);
    for (const [index, file] of some.entries()) yield [file, found[index] ?? new Uint8Array()];
  }
}

/** Splits files into batches of at most `most` bytes. A larger file gets its own batch. */
export function* inPortions<B extends Wanted>(
  files: readonly B[],
  most: number = bytesAtOnce,
): Generator<readonly B[]> {
  let portion: B[] = [];
  let bytes = 0;
  for (const file of files) {
    if (portion.length > 0 && bytes + file.size > most) {
      yield portion;
      [portion, bytes] = [[], 0];
    }
    portion.push(file);
    bytes += file.size;
  }
  if (portion.length > 0) yield portion;
}

async function read(
  files: readonly Wanted[],
  folder: string,
  failed: Failed,
): Promise<readonly Uint8Array[]> {
  const { ok, stdout, stderr } = await git(["cat-file", "--batch"], {
    folder,
    input: files.map(({ hash }) => `${hash}\n`).join(""),
  });
  if (!ok) throw failed(stderr);
  const output = Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength);
  let at = 0;
  return files.map(({ hash }) => {
    const line = output.indexOf(10, at);
    const header = output.toString("latin1", at, line);
    const size = Number(header.split(" ")[2]);
    if (line < 0 || Number.isNaN(size)) throw failed(header || say`nothing for ${hash}`);
    at = line + 1 + size + 1;
    return output.subarray(line + 1, line + 1 + size);
  });
}
