import { relative, resolve, sep } from "node:path";
import { type Checked, compare, type Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Source } from "../../model/source.ts";
import { isUnsafe } from "../../model/text/unsafe.ts";
import { type Blob, BlobUnavailable, blobs, contents, submodules } from "./blobs.ts";
import { git } from "./git.ts";
import { gitTrouble, unknownRevision } from "./git-trouble.ts";
import {
  fileTrouble,
  isManifest,
  isSkipped,
  mostBytes,
  oddName,
  tooLarge,
} from "../files/manifest-file.ts";
import { holdsManifest, isSuspect, notRead } from "../files/passed-over.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/**
 * Reads the manifest files of a git revision: those that `readManifests` would find in a checkout
 * of it. Warns of manifests that are not read.
 */
export function readRevision(
  root: string,
  revision: string,
  paths: readonly string[],
): Promise<Checked<readonly Source[]>> {
  return readable(root, revision, () => sourcesOf(root, revision, paths));
}

async function sourcesOf(
  root: string,
  revision: string,
  paths: readonly string[],
): Promise<Checked<readonly Source[]>> {
  const wanted = paths.map((path) => relative(root, resolve(root, path)).replaceAll(sep, "/"));
  const listed = await ask(root, revision, ["ls-tree", "-r", "-z", "-l", revision]);
  if (!listed.ok) return listed;
  const all = blobs(listed.value);
  const files = all
    .filter((file) => isRead(file, wanted))
    .sort((left, right) => compare(left.path, right.path));
  const diagnostics = [
    ...wanted
      .filter((path) => !all.some((file) => isBelow(file.path, path)))
      .map((path) => missing(path, revision)),
    ...files.flatMap((file) => refused(file, revision)),
  ];
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const sources: Source[] = [];
  for await (const [{ path }, bytes] of contents(files, root)) sources.push({ path, bytes });
  return {
    ok: true,
    value: sources,
    diagnostics: await notReadIn(root, { listing: listed.value, wanted, files }),
  };
}

/** Reads blobs of a revision; an error if git cannot read one, as in a clone that lacks some. */
export async function readable<T>(
  root: string,
  revision: string,
  work: () => Promise<Checked<T>>,
): Promise<Checked<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BlobUnavailable)) throw error;
    return { ok: false, diagnostics: [gitTrouble(wordingOf(error), root, revision)] };
  }
}

interface Listed {
  readonly listing: Uint8Array;
  readonly wanted: readonly string[];
  /** The listed files that are read. */
  readonly files: readonly Blob[];
}

/** Warns of files that hold manifests but are skipped because of their names, and of submodules. */
async function notReadIn(
  root: string,
  { listing, wanted, files }: Listed,
): Promise<readonly Diagnostic[]> {
  const below = (path: string) => wanted.some((one) => isBelow(path, one));
  const read = new Set(files.map(({ path }) => path));
  const suspects = blobs(listing).filter(
    ({ path, size }) => below(path) && isSuspect(path) && !read.has(path) && size <= mostBytes,
  );
  const held: string[] = [];
  for await (const [{ path }, bytes] of contents(suspects, root))
    if (holdsManifest(bytes)) held.push(path);
  return [...held, ...submodules(listing).filter(below)].sort(compare).map(notRead);
}

const link = "120000";

function isRead({ path, mode }: Blob, wanted: readonly string[]): boolean {
  return wanted.some(
    (one) =>
      path === one ||
      (isBelow(path, one) &&
        !path.slice(one.length).split("/").some(isSkipped) &&
        (mode === link || isManifest(path))),
  );
}

function isBelow(path: string, place: string): boolean {
  return place === "" || path === place || path.startsWith(`${place}/`);
}

function refused({ path, mode, size }: Blob, revision: string): readonly Diagnostic[] {
  if (mode === link)
    return [
      fileTrouble(path, "link", say`${path} is a link, which is not followed in ${revision}.`),
    ];
  if (isUnsafe(path)) return [oddName(path)];
  return size > mostBytes ? [tooLarge(path)] : [];
}

function missing(path: string, revision: string): Diagnostic {
  return fileTrouble(path || ".", "missing", say`${path || "."} is not in ${revision}.`);
}

/**
 * Git's output for a command on a revision, or an error if git fails or the revision is invalid.
 */
export async function ask(
  root: string,
  revision: string,
  args: readonly string[],
): Promise<Checked<Uint8Array>> {
  if (revision.startsWith("-") || revision === "")
    return { ok: false, diagnostics: [unknownRevision(revision, say`that is no revision`)] };
  const { ok, stdout, stderr } = await git(args, { folder: root });
  if (ok) return { ok, value: stdout, diagnostics: [] };
  return { ok, diagnostics: [gitTrouble(stderr, root, revision)] };
}
