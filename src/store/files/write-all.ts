import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { replaceFile } from "./atomic-write.ts";

/**
 * Writes files into a folder, by path, or none of them: if a write fails, restores what was there,
 * removes what was made, and throws the file-system error. `mode` is that of a file, by its path.
 */
export function writeAll(
  folder: string,
  files: Iterable<readonly [string, string]>,
  { mode = (_path: string): number => 0o644 } = {},
): void {
  const undo: (() => void)[] = [];
  try {
    for (const [path, text] of files) {
      const whole = join(folder, path);
      const made = mkdirSync(dirname(whole), { recursive: true });
      if (made !== undefined) undo.push(() => removeFolders(dirname(whole), made));
      undo.push(writeOne(whole, text, mode(path)));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/** Returns a function that restores what was there. */
function writeOne(path: string, text: string, mode: number): () => void {
  const before = existsSync(path) ? readFileSync(path) : undefined;
  replaceFile(path, text, { mode });
  return () => (before === undefined ? rmSync(path) : replaceFile(path, [before], { mode }));
}

/** Removes an empty folder and those above it, up to `last`. */
function removeFolders(folder: string, last: string): void {
  rmdirSync(folder);
  if (folder !== last) removeFolders(dirname(folder), last);
}
