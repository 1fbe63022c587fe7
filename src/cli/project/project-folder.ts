import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The settings file of a project. */
export const settingsFile = "partnerctl.yaml";

/**
 * The project folder: the given one if it has settings, else the nearest one with settings, from
 * the current folder upwards. Undefined if there is none.
 */
export function projectFolder(given: string | undefined): string | undefined {
  if (given === undefined) return nearest(process.cwd(), settingsFile);
  return existsSync(join(given, settingsFile)) ? resolve(given) : undefined;
}

/**
 * The path of a folder in its git repository, with a trailing slash. Empty at the root or without a
 * repository.
 */
export function folderInRepository(folder: string): string {
  const top = nearest(folder, ".git");
  const path = top === undefined ? "" : relative(top, folder).split(sep).join("/");
  return path === "" ? "" : `${path}/`;
}

/** Whether a folder is in a git working tree. */
export function isInRepository(folder: string): boolean {
  return nearest(folder, ".git") !== undefined;
}

function nearest(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(parent, name);
}
