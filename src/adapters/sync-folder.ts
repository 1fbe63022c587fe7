import { closeSync, fsyncSync, openSync } from "node:fs";
import { isUnsupported } from "../model/system-error.ts";

/**
 * Syncs a folder to make its file names durable, if the file system supports it. Throws other
 * errors of the file system.
 */
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
