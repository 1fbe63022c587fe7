import { readdirSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import {
  byPlace,
  type Checked,
  limitDiagnostics,
  compare,
  type Diagnostic,
  hasErrors,
} from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Source } from "../../model/source.ts";
import { isUnsafe } from "../../model/text/unsafe.ts";
import { astray, isWithin, type Root, realOf, rootOf } from "./links.ts";
import {
  fileTrouble,
  hiddenPathProblem,
  isManifest,
  isSkipped,
  mostBytes,
  notRegular,
  oddName,
  outside,
  tooLarge,
  unreadable,
} from "./manifest-file.ts";
import { isSuspect, passedOver } from "./passed-over.ts";
import { unportable } from "./portable-names.ts";
import { readBounded } from "./read-input.ts";

export { changedSince } from "../git/changed-since.ts";
export { readRevision } from "../git/revisions.ts";

/** How manifest files are read. */
export interface ReadOptions {
  /** The documents are merge patches over other documents. */
  readonly overlay?: boolean;
}

interface Walk extends ReadOptions {
  readonly root: Root;
  /** By real path: a file that is also linked is read once. Undefined for a folder. */
  readonly found: Map<string, Source | undefined>;
  readonly links: string[];
  /** Paths that are not read because of their names. */
  readonly others: string[];
  readonly diagnostics: Diagnostic[];
}

/** The manifest files that were read. Warnings name manifests that were not read. */
export type ManifestFiles = Checked<readonly Source[]> & {
  /** The real paths of the folders that were searched. */
  readonly folders: readonly string[];
};

/**
 * Reads the given files, and all manifest files in the given folders at any depth, sorted by path.
 * A path or link that leads out of the project's folder or to something hidden, and a file that
 * cannot be read, are errors.
 */
export function readManifests(
  root: string,
  paths: readonly string[],
  options: ReadOptions = {},
): ManifestFiles {
  const walk: Walk = {
    root: rootOf(root),
    found: new Map(),
    links: [],
    others: [],
    diagnostics: [],
    ...options,
  };
  for (const path of paths) visit(walk, resolve(root, path));
  // Links come last: a file that also has its own name here is reported under that name.
  for (let link = walk.links.pop(); link !== undefined; link = walk.links.pop()) visit(walk, link);
  const others = walk.others.map((path) => ({ path, shown: show(walk, path) }));
  const names = [...walk.found.values()].flatMap((source) => source?.path ?? []).sort(compare);
  const diagnostics = limitDiagnostics(
    [...walk.diagnostics, ...passedOver(others, walk.root.real), ...unportable(names)].sort(
      byPlace,
    ),
  );
  const folders = [...walk.found].flatMap(([real, source]) => (source ? [] : [real]));
  if (hasErrors(diagnostics)) return { ok: false, diagnostics, folders };
  const sources = [...walk.found.values()].filter((source) => source !== undefined);
  return {
    ok: true,
    value: sources.sort((left, right) => compare(left.path, right.path)),
    diagnostics,
    folders,
  };
}

function visit(walk: Walk, path: string): void {
  const real = realOf(path);
  if (real === undefined) {
    const shown = show(walk, path);
    walk.diagnostics.push(fileTrouble(shown, "missing", say`${shown} is not there.`));
    return;
  }
  const where = astray(walk.root, { path, real });
  if (where === "outside" || !isWithin(walk.root.path, path))
    walk.diagnostics.push(outside(show(walk, path)));
  else if (where === "hidden") walk.diagnostics.push(hiddenPathProblem(show(walk, path)));
  else if (statSync(real, { throwIfNoEntry: false })?.isDirectory())
    visitFolder(walk, { path, real });
  else readInto(walk, { path, real });
}

function visitFolder(walk: Walk, { path, real }: Root): void {
  if (walk.found.has(real)) return;
  walk.found.set(real, undefined);
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = { path: inside(path, entry.name), real: inside(real, entry.name) };
      if (isSkipped(entry.name)) walk.others.push(inner.path);
      else if (entry.isDirectory()) visitFolder(walk, inner);
      else if (entry.isSymbolicLink()) visitLink(walk, inner.path);
      else if (isManifest(entry.name)) readInto(walk, inner);
      else if (isSuspect(entry.name)) walk.others.push(inner.path);
    }
  } catch (error) {
    walk.diagnostics.push(unreadable(show(walk, path), error));
  }
}

/** The name of the link, not of its target, decides whether a file is a manifest. */
function visitLink(walk: Walk, path: string): void {
  if (isManifest(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory())
    walk.links.push(path);
  else walk.others.push(path);
}

function readInto(walk: Walk, { path, real }: Root): void {
  if (walk.found.has(real)) return;
  const shown = show(walk, path);
  try {
    const bytes = readBounded(path, mostBytes);
    if (isUnsafe(shown)) walk.diagnostics.push(oddName(shown));
    else if (bytes === "too-large") walk.diagnostics.push(tooLarge(shown));
    else if (bytes === "not-regular") walk.diagnostics.push(notRegular(shown));
    else walk.found.set(real, { path: shown, bytes, ...(walk.overlay && { overlay: true }) });
  } catch (error) {
    walk.diagnostics.push(unreadable(shown, error));
  }
}

function show({ root: { path: root } }: Walk, path: string): string {
  const shown = path.startsWith(root + sep) ? path.slice(root.length + 1) : relative(root, path);
  return shown.replaceAll(sep, "/") || ".";
}

/** Like `join` for a single name, but faster. */
function inside(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}
