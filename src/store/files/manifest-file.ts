import type { CodeWithin } from "../../model/codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";

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
export function fileTrouble(path: string, code: CodeWithin<"file">, message: string): Diagnostic {
  const at = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
  return { severity: "error", code: `file/${code}`, message, at };
}

/** A file that is not read for its size. */
export function tooLarge(path: string, limit: number = mostBytes): Diagnostic {
  const found = fileTrouble(path, "too-large", say`${path} is larger than ${limit / 1024 / 1024} MiB, which is more than is read.`);
  return limit === mostBytes ? { ...found, hint: say`Split it into several files.` } : found;
}

/** What is there by this name, and is no file. */
export function notRegular(path: string): Diagnostic {
  const message = say`${path} is not a file (a pipe, a socket, a device or a folder).`;
  return { ...fileTrouble(path, "not-regular", message), hint: say`Write what it holds to a file first.` };
}

/** A file that the file system does not let us read; any other throw is thrown again. */
export function unreadable(path: string, error: unknown): Diagnostic {
  if (!(error instanceof Error && "syscall" in error)) throw error;
  return fileTrouble(path, "unreadable", say`${path} cannot be read: ${error.message.split(",")[0]}`);
}

/** A path or a link that leads out of the project's folder. */
export function outside(path: string): Diagnostic {
  return fileTrouble(path, "outside", say`${path} leads out of the project's folder, which nothing is read from`);
}

/** A path or a link that leads to what is hidden in the project's folder. */
export function hiddenPathProblem(path: string): Diagnostic {
  const message = say`${path} leads into a hidden folder or an installed package, which nothing is read from.`;
  return { ...fileTrouble(path, "hidden", message), hint: say`Remove the link, or put the file where it is meant to be.` };
}

/** A file whose name holds characters that steer a terminal or a pipeline. */
export function oddName(path: string): Diagnostic {
  const message = say`The name of the file ${path} holds characters that cannot be seen.`;
  return { ...fileTrouble(path, "name", message), hint: say`Rename it, with letters, digits, spaces and punctuation alone.` };
}
