import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Checked } from "../../model/diagnostic.ts";
import { ask } from "./revisions.ts";

/**
 * Returns a function that checks whether a file (path relative to `root`) differs from a revision,
 * or is reached through a link or submodule that differs. Files that git does not compare count as
 * changed: untracked, ignored, assume-unchanged and skip-worktree files. If anything in the overlay
 * differs, every file counts as changed, because what the old overlay patched is not recorded.
 */
export async function changedSince(
  root: string,
  revision: string,
  overlay?: string,
): Promise<Checked<(file: string) => boolean>> {
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
  if (
    overlay !== undefined &&
    (isChanged(overlay) || isAround(changed, places(real, overlay).at(-1) ?? ""))
  )
    return { ok: true, value: () => true, diagnostics: [] };
  return { ok: true, value: isChanged, diagnostics: [] };
}

type Question = readonly [args: readonly string[], path: (row: string) => string | undefined];

function questions(revision: string): readonly Question[] {
  const diff = [
    "diff",
    "--name-only",
    "--no-renames",
    "--no-ext-diff",
    "--ignore-submodules=none",
    "-z",
    "--relative",
  ];
  return [
    [[...diff, revision, "--", "."], (row) => row],
    [["ls-files", "--others", "--directory", "-z", "--", "."], (row) => row],
    // `H` marks an ordinary tracked file. Git may not compare the others.
    [
      ["ls-files", "-v", "-z", "--", "."],
      (row) => (row.startsWith("H ") ? undefined : row.slice(2)),
    ],
  ];
}

/** Each link on the way to the file, then the file's real path, all relative to the root. */
function places(root: string, file: string): readonly string[] {
  const found: string[] = [];
  let at = root;
  const left = file.split("/");
  for (
    let name = left.shift();
    name !== undefined && found.length < mostLinks;
    name = left.shift()
  ) {
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

/** Maximum number of links followed, as in Linux. */
const mostLinks = 40;

/** Whether something inside the folder changed. */
function isAround(changed: ReadonlySet<string>, folder: string): boolean {
  return [...changed].some((one) => one.startsWith(`${folder}/`));
}

/**
 * Whether the path or one of its parent folders changed. A parent may be a submodule or an
 * untracked folder.
 */
function isAmong(changed: ReadonlySet<string>, place: string): boolean {
  const folder = dirname(place);
  return changed.has(place) || (folder !== place && isAmong(changed, folder));
}
