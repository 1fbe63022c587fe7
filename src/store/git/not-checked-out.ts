import { lstatSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { git } from "./git.ts";
import { fileTrouble } from "../files/manifest-file.ts";
import { isSuspect } from "../files/passed-over.ts";

/**
 * Warns of tracked manifests in these folders (real paths below the root) that are not checked out:
 * files excluded by a sparse checkout, missing submodules, and links that git wrote as plain files.
 * Warns with git/checkout-unknown if git fails.
 */
export async function notCheckedOut(
  root: string,
  folders: readonly string[],
): Promise<readonly Diagnostic[]> {
  const { ok, stdout, stderr } = await git(["ls-files", "-z", "-t", "--stage", "--", "."], {
    folder: root,
  });
  if (!ok) return [unclear(stderr)];
  const read = new Set(folders);
  const tracked = rows(stdout).filter(({ path }) => isBelow(join(root, path), read));
  const left = tracked.filter((one) => isLeftOut(one, root)).map(({ path }) => path);
  const within = tracked.filter(({ mode, path }) => mode === submodule && !left.includes(path));
  const inner = await Promise.all(
    within.map(({ path }) => notCheckedOut(join(root, path), folders)),
  );
  return [...(left.length > 0 ? [leftOut(left, root)] : []), ...inner.flat()];
}

interface Tracked {
  readonly tag: string;
  readonly mode: string;
  readonly path: string;
}

const [submodule, link] = ["160000", "120000"];

function rows(listing: Uint8Array): readonly Tracked[] {
  return Buffer.from(listing)
    .toString("utf8")
    .split("\0")
    .filter((row) => row !== "")
    .map((row) => {
      const tab = row.indexOf("\t");
      const [tag = "", mode = ""] = row.slice(0, tab).split(" ");
      return { tag, mode, path: row.slice(tab + 1) };
    });
}

/** Whether one of its parent folders was read. */
function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  const folder = dirname(path);
  return folders.has(folder) || (folder !== path && isBelow(folder, folders));
}

function isLeftOut({ tag, mode, path }: Tracked, root: string): boolean {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (mode === submodule) return !stat?.isDirectory() || readdirSync(join(root, path)).length === 0;
  // Without support for links, git writes a plain file that contains the target.
  if (mode === link && stat) return !stat.isSymbolicLink();
  return !stat && tag === "S" && (mode === link || isSuspect(path));
}

function leftOut(paths: readonly string[], root: string): Diagnostic {
  const [first = ""] = paths;
  const message =
    paths.length === 1
      ? say`${first} is tracked by git and not checked out in ${root}, so that not all manifests are read.`
      : say`${first} and ${paths.length - 1} more are tracked by git and not checked out in ${root}, so that not all manifests are read.`;
  const hint = say`\`git sparse-checkout disable\` and \`git submodule update --init\` check them out.`;
  return { ...fileTrouble(first, "not-checked-out", message), severity: "warning", hint };
}

function unclear(why: Wording): Diagnostic {
  return diagnostic({
    severity: "warning",
    code: "git/checkout-unknown",
    message: say`Git cannot say whether all manifests are checked out: ${why}.`,
    hint: say`Until it can, nothing is taken for undeclared.`,
  });
}
