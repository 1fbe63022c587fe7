// Reads the files of a git tree without a checkout.
import { say } from "../../model/text/say.ts";
import { git } from "./git.ts";

/** A blob as listed in a tree; `size` is in bytes. */
export interface Blob {
  readonly mode: string;
  readonly hash: string;
  readonly size: number;
  readonly path: string;
}

/** Parses the blobs in the output of `git ls-tree -z -l`. */
export function blobs(listing: Uint8Array): readonly Blob[] {
  const rows = Buffer.from(listing).toString("utf8").split("\0");
  return rows.flatMap((row) => {
    const tab = row.indexOf("\t");
    const [mode = "", type, hash = "", size] = row.slice(0, tab).split(/ +/);
    return type === "blob" ? [{ mode, hash, size: Number(size), path: row.slice(tab + 1) }] : [];
  });
}

/** Parses the paths of submodules in the output of `git ls-tree -r -z -l`. */
export function submodules(listing: Uint8Array): readonly string[] {
  const rows = Buffer.from(listing).toString("utf8").split("\0");
  return rows.filter((row) => row.startsWith("160000 ")).map((row) => row.slice(row.indexOf("\t") + 1));
}

/** Maximum bytes of blobs in memory at a time. A larger blob is read alone. */
const bytesAtOnce = 64 * 1024 * 1024;

/** The part of a blob's listing that is needed to read it. */
export type Wanted = Pick<Blob, "hash" | "size">;

/**
 * Yields blobs with their contents, in the given order, with at most 64 MiB in memory at a time (or
 * one larger blob). Throws if a blob is missing.
 */
export async function* contents<B extends Wanted>(files: readonly B[], folder: string): AsyncGenerator<readonly [B, Uint8Array]> {
  for (const some of inPortions(files)) {
    const found = await read(some, folder);
    for (const [index, file] of some.entries()) yield [file, found[index] ?? new Uint8Array()];
  }
}

/** Splits files into batches of at most `most` bytes. A larger file gets its own batch. */
export function* inPortions<B extends Wanted>(files: readonly B[], most: number = bytesAtOnce): Generator<readonly B[]> {
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

async function read(files: readonly Wanted[], folder: string): Promise<readonly Uint8Array[]> {
  const { ok, stdout, stderr } = await git(["cat-file", "--batch"], { folder, input: files.map(({ hash }) => `${hash}\n`).join("") });
  if (!ok) throw new Error(`git cat-file: ${stderr}`);
  const output = Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength);
  let at = 0;
  return files.map(({ hash }) => {
    const line = output.indexOf(10, at);
    const header = output.toString("latin1", at, line);
    const size = Number(header.split(" ")[2]);
    if (line < 0 || Number.isNaN(size)) throw new Error(`git cat-file: ${header || say`nothing for ${hash}`}`);
    at = line + 1 + size + 1;
    return output.subarray(line + 1, line + 1 + size);
  });
}
