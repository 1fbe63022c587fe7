import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";

/** Whether a file can be replaced or created: its folder, or the nearest one above, is writable. */
export function isWritable(path: string): boolean {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
