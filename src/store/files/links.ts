import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";
import { hiddenPathProblem, isSkipped, outside } from "./manifest-file.ts";

/** Where a path leads that it must not lead. */
export type Astray = "outside" | "hidden";

/** A folder by the name it is known by, and by its name without links. */
export interface Root {
  readonly path: string;
  readonly real: string;
}

/** The real name of a path; undefined where nothing is there. */
export function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A folder as a root. */
export function rootOf(folder: string): Root {
  const path = resolve(folder);
  return { path, real: realOf(path) ?? path };
}

/** Whether a path is a folder, or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * Where a link on a path's way leads out of a folder, or to something hidden in it: a branch may bring such a link
 * along, and what it leads to (keys, tokens, another repository) would be quoted. The tool's own folder is nothing that
 * can be named either.
 */
export function astray({ path: from, real: root }: Root, { path, real }: Root): Astray | undefined {
  const inner = relative(root, real).split(sep);
  if (inner.some((name) => name === ".partnerctl" || name === ".git") && isWithin(root, real)) return "hidden";
  const named = resolve(root, relative(from, path));
  if (named === real) return undefined;
  if (!isWithin(root, real)) return "outside";
  return inner.some((name) => name !== "" && isSkipped(name)) ? "hidden" : undefined;
}

/** What is wrong with a file that the settings name, or with the settings themselves, as a link; undefined where it is none, or one within the folder. */
export function linkTrouble(folder: string, path: string, shown: string): Diagnostic | undefined {
  const real = realOf(path);
  if (real === undefined) return undefined;
  const where = astray(rootOf(folder), { path: resolve(path), real });
  return where && (where === "outside" ? outside(shown) : hiddenPathProblem(shown));
}

/** How deep the tool's own folder is. */
const depth = 3;

/** Why the folder that the tool keeps its state in is not to be used: a branch may bring a link, and keys would be read and written where it leads. */
export function stateTrouble(root: string): Diagnostic | undefined {
  const link = linkIn(join(root, ".partnerctl"), depth);
  return link === undefined
    ? undefined
    : {
        severity: "error",
        code: "project/state-link",
        message: say`${relative(root, link).replaceAll(sep, "/")} is a link: what partnerctl keeps there would lie elsewhere.`,
        hint: say`Remove the link. To keep the ledger or credentials elsewhere, say so in the settings.`,
      };
}

function linkIn(path: string, levels: number): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) return path;
  if (!stat?.isDirectory() || levels === 0) return undefined;
  for (const entry of entriesOf(path)) {
    if (entry.isSymbolicLink()) return join(path, entry.name);
    const found = entry.isDirectory() ? linkIn(join(path, entry.name), levels - 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A folder that cannot be read is told of by whoever needs it. */
function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
