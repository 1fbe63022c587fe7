import type { Diagnostic } from "../model/diagnostic.ts";
import { say } from "../model/say.ts";

/** No manifest file may be larger, in bytes. */
export const mostBytes = 10 * 1024 * 1024;

/** Whether a file of this name holds manifests. */
export function isManifest(path: string): boolean {
  return path.endsWith(".yaml") || path.endsWith(".yml");
}

/** Whether nothing of this name is looked into: hidden files and folders, and installed packages. */
export function isSkipped(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

/** What is wrong with a file as a whole; the code is `file/` and a word, and the message names the file. */
export function fileTrouble(path: string, code: string, message: string): Diagnostic {
  const at = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
  return { severity: "error", code: `file/${code}`, message, at };
}

/** A file that is not read for its size. */
export function tooLarge(path: string): Diagnostic {
  return fileTrouble(path, "too-large", say`${path} is larger than ${mostBytes / 1024 / 1024} MiB; split it into several files`);
}
