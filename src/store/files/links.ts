import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { hiddenPathProblem, isSkipped, outside } from "./manifest-file.ts";

/**
 * Why a path may not be read: it leads out of the project's folder, or to something hidden in it.
 */
export type Astray = "outside" | "hidden";

/** A path as the user names it, and its real path, without links. */
export interface Root {
  readonly path: string;
  readonly real: string;
}

/** Resolves all links of a path; undefined if it does not exist or cannot be resolved. */
export function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A folder with its real path, or the absolute path if it does not exist. */
export function rootOf(folder: string): Root {
  const path = resolve(folder);
  return { path, real: realOf(path) ?? path };
}

/** Whether a path is the folder or is inside it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * Checks where a path leads: `outside` if a link leads out of the root folder, `hidden` if a link
 * leads to something hidden in it or the path is in `.git` or `.partnerctl`; otherwise undefined. A
 * branch may contain such links, and messages would quote their targets (keys, tokens, another
 * repository).
 */
export function astray({ path: from, real: root }: Root, { path, real }: Root): Astray | undefined {
  const inner = relative(root, real).split(sep);
  if (inner.some((name) => name === ".partnerctl" || name === ".git") && isWithin(root, real))
    return "hidden";
  const named = resolve(root, relative(from, path));
  if (named === real) return undefined;
  if (!isWithin(root, real)) return "outside";
  return inner.some((name) => name !== "" && isSkipped(name)) ? "hidden" : undefined;
}

/**
 * The error if the settings file, or a file named in the settings, leads out of the folder or to
 * something hidden; undefined if it may be read or does not exist.
 */
export function linkTrouble(folder: string, path: string, shown: string): Diagnostic | undefined {
  const real = realOf(path);
  if (real === undefined) return undefined;
  const where = astray(rootOf(folder), { path: resolve(path), real });
  return where && (where === "outside" ? outside(shown) : hiddenPathProblem(shown));
}

/** How many levels of the state folder are searched for links. */
const depth = 3;

/**
 * The error if `.partnerctl` is or contains a link. A branch may contain such a link, and keys
 * would be read and written at its target. Undefined if there is no link.
 */
export function stateTrouble(root: string): Diagnostic | undefined {
  const link = linkIn(join(root, ".partnerctl"), depth);
  return link === undefined
    ? undefined
    : diagnostic({
        severity: "error",
        code: "project/state-link",
        message: say`${relative(root, link).replaceAll(sep, "/")} is a link: what partnerctl keeps there would lie elsewhere.`,
        hint: say`Remove the link. To keep the ledger or credentials elsewhere, say so in the settings.`,
      });
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

/** The code that needs an unreadable folder reports it. */
function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
