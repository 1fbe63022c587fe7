import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Checked } from "../../model/diagnostic.ts";
import { ask } from "./revisions.ts";

/**
 * Tells of a file, by its path below the folder, whether it differs from a revision, or a link or
 * submodule that it is reached through does. What git does not compare counts as changed: untracked
 * and ignored files, those it was told to take for unchanged. Where something in an overlay
 * differs, every file counts as changed: what it patched before is written nowhere any more.
 */
export async function changedSince(root: string, revision: string, overlay?: string): Promise<Checked<(file: string) => boolean>> {
  const changed = new Set<string>();
  for (const [question, pathOf] of questions(revision)) {
    const answer = await ask(root, revision, question);
    if (!answer.ok) return answer;
    for (const row of Buffer.from(answer.value).toString("utf8").split("\0")) {
      const path = row === "" ? undefined : pathOf(row);
      if (path !== undefined) changed.add(path.replace(/\/$/, ""));
    }
  }
  const real = realpathSync(root);
  const known = new Map<string, boolean>();
  const isChanged = (file: string): boolean => {
    const found = known.get(file) ?? places(real, file).some((place) => isAmong(changed, place));
    known.set(file, found);
    return found;
  };
  if (overlay !== undefined && (isChanged(overlay) || isAround(changed, places(real, overlay).at(-1) ?? "")))
    return { ok: true, value: () => true, diagnostics: [] };
  return { ok: true, value: isChanged, diagnostics: [] };
}

type Question = readonly [args: readonly string[], path: (row: string) => string | undefined];

function questions(revision: string): readonly Question[] {
  const diff = ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", "-z", "--relative"];
  return [
    [[...diff, revision, "--", "."], (row) => row],
    [["ls-files", "--others", "--directory", "-z", "--", "."], (row) => row],
    // H is a file as any other; the rest git does not look at.
    [["ls-files", "-v", "-z", "--", "."], (row) => (row.startsWith("H ") ? undefined : row.slice(2))],
  ];
}

/** The file's real place below the folder, and that of each link on the way to it. */
function places(root: string, file: string): readonly string[] {
  const found: string[] = [];
  let at = root;
  const left = file.split("/");
  for (let name = left.shift(); name !== undefined && found.length < mostLinks; name = left.shift()) {
    const next = join(at, name);
    if (!lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink()) at = next;
    else {
      found.push(next);
      const target = readlinkSync(next);
      if (isAbsolute(target)) at = sep;
      left.unshift(...target.split(sep));
    }
  }
  return [...found, at].map((place) => relative(root, place).replaceAll(sep, "/"));
}

/** As many as systems follow. */
const mostLinks = 40;

/** Whether something in a folder is among these. */
function isAround(changed: ReadonlySet<string>, folder: string): boolean {
  return [...changed].some((one) => one.startsWith(`${folder}/`));
}

/** The place itself, or a folder that holds it: a submodule, or one that is not tracked, as the project's own may be. */
function isAmong(changed: ReadonlySet<string>, place: string): boolean {
  const folder = dirname(place);
  return changed.has(place) || (folder !== place && isAmong(changed, folder));
}
