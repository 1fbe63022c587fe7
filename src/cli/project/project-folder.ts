import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The file that makes a folder a project. */
export const settingsFile = "partnerctl.yaml";

/** The project's folder: the one given, else the nearest one upwards that has settings; undefined where there is none. */
export function projectFolder(given: string | undefined): string | undefined {
  if (given === undefined) return nearest(process.cwd(), settingsFile);
  return existsSync(join(given, settingsFile)) ? resolve(given) : undefined;
}

/** Where a folder lies in its git repository, with slashes, one of them at the end; empty at the top, and where there is no repository. */
export function folderInRepository(folder: string): string {
  const top = nearest(folder, ".git");
  const path = top === undefined ? "" : relative(top, folder).split(sep).join("/");
  return path === "" ? "" : `${path}/`;
}

/** Whether a folder is part of a git repository's working tree. */
export function isInRepository(folder: string): boolean {
  return nearest(folder, ".git") !== undefined;
}

function nearest(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(parent, name);
}
