import { closeSync, fsyncSync, openSync } from "node:fs";
import { isUnsupported } from "../model/system-error.ts";

/** Makes the names in a folder durable, where its file system can. Throws what the file system throws. */
export function syncFolder(folder: string): void {
  try {
    const opened = openSync(folder, "r");
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}
