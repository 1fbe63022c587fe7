import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, join, sep } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { fileTrouble, mostBytes } from "./manifest-file.ts";

/** A path that was not read as a manifest, and its name in messages. */
export interface Other {
  readonly path: string;
  readonly shown: string;
}

/** Whether a file of this name may be intended as a manifest: .yaml, .yml or .json in any case. */
export function isSuspect(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path);
}

/** Whether the bytes contain a manifest's `apiVersion`, in any Unicode encoding. */
export function holdsManifest(bytes: Uint8Array): boolean {
  return /["']?apiVersion["']?\s*:\s*["']?partnercenter\//.test(
    Buffer.from(bytes).toString("latin1").replaceAll("\0", ""),
  );
}

/** How much is searched at most. Beyond that, paths are reported as not read without a search. */
export const mostPassedOver = { files: 100_000, bytes: 256 * 1024 * 1024 };

interface Search {
  readonly realRoot: string;
  readonly left: { files: number; bytes: number };
}

/**
 * Warns of each path that holds a manifest, including files in hidden folders, and of broken links.
 * Messages contain no file content, and nothing outside the project's real folder is opened.
 */
export function passedOver(
  others: readonly Other[],
  realRoot: string,
  limits = mostPassedOver,
): readonly Diagnostic[] {
  return lookAtAll(others, { realRoot, left: { ...limits } });
}

function lookAtAll(others: readonly Other[], search: Search): readonly Diagnostic[] {
  return others.flatMap((one) => lookAt(one, search));
}

function isOver({ left }: Search): boolean {
  return left.files <= 0 || left.bytes <= 0;
}

/** The folders of git's and this tool's own state. */
const notSearched = [".git", ".partnerctl"];

function lookAt(other: Other, search: Search): readonly Diagnostic[] {
  const { path, shown } = other;
  const { realRoot } = search;
  try {
    const stat = statSync(path);
    if (stat.isDirectory() ? notSearched.includes(basename(path)) : !isSuspect(path)) return [];
    if (isOver(search) || !realpathSync(path).startsWith(realRoot + sep)) return [notRead(shown)];
    if (stat.isDirectory()) return lookInto(other, search);
    return !stat.isFile() || holdsManifest(beginning(path, search)) ? [notRead(shown)] : [];
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    // Some editors create hidden broken links as locks.
    if (!("code" in error && error.code === "ENOENT")) return [notRead(shown)];
    return basename(path).startsWith(".") ? [] : [brokenLink(shown)];
  }
}

/** Does not follow links. If a limit is reached, reports the folder as a whole. */
function lookInto({ path, shown }: Other, search: Search): readonly Diagnostic[] {
  const inner = readdirSync(path, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() || (entry.isFile() && isSuspect(entry.name)),
  );
  search.left.files -= inner.length;
  if (isOver(search)) return [notRead(shown)];
  const found = lookAtAll(
    inner.map(({ name }) => ({ path: join(path, name), shown: `${shown}/${name}` })),
    search,
  );
  return isOver(search) ? [notRead(shown)] : found;
}

/** Reads a file up to the maximum size of a manifest. Does not wait for a pipe's writer. */
function beginning(path: string, { left }: Search): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.allocUnsafe(Math.min(fstatSync(file).size, mostBytes));
    let size = 0;
    for (let count = -1; count !== 0 && size < bytes.length; size += count)
      count = readSync(file, bytes, size, bytes.length - size, null);
    left.bytes -= size;
    return bytes.subarray(0, size);
  } finally {
    closeSync(file);
  }
}

/** The warning for a path that holds manifests but is not read. */
export function notRead(shown: string): Diagnostic {
  const trouble = fileTrouble(
    shown,
    "passed-over",
    say`${shown} holds manifests or cannot be looked into, and is not read.`,
  );
  const hint = say`Call it by a name that ends in .yaml or .yml in small letters, in no hidden folder, or move it out of the manifests.`;
  return { ...trouble, severity: "warning", hint };
}

function brokenLink(shown: string): Diagnostic {
  const trouble = fileTrouble(
    shown,
    "broken-link",
    say`${shown} is a link to what is not there: manifests may be missing.`,
  );
  return {
    ...trouble,
    severity: "warning",
    hint: say`Remove the link, or bring back what it leads to.`,
  };
}
