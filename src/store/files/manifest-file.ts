import type { CodeWithin } from "../../model/codes.ts";
import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";

/** Maximum size of a manifest file, in bytes. */
export const mostBytes = 10 * 1024 * 1024;

/** Whether the name has a manifest's extension: .yaml or .yml, in lower case. */
export function isManifest(path: string): boolean {
  return path.endsWith(".yaml") || path.endsWith(".yml");
}

/** Whether files and folders of this name are never read: hidden ones and `node_modules`. */
export function isSkipped(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

/** An error about a file as a whole, with code `file/CODE`. The message must name the file. */
export function fileTrouble(path: string, code: CodeWithin<"file">, message: Wording): Diagnostic {
  const at = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
  return diagnostic({ severity: "error", code: `file/${code}`, message, at });
}

/** The error for a file larger than `limit` bytes. */
export function tooLarge(path: string, limit: number = mostBytes): Diagnostic {
  const found = fileTrouble(
    path,
    "too-large",
    say`${path} is larger than ${limit / 1024 / 1024} MiB, which is more than is read.`,
  );
  return limit === mostBytes ? { ...found, hint: say`Split it into several files.` } : found;
}

/** The error for a path that exists but is not a regular file. */
export function notRegular(path: string): Diagnostic {
  const message = say`${path} is not a file (a pipe, a socket, a device or a folder).`;
  return {
    ...fileTrouble(path, "not-regular", message),
    hint: say`Write what it holds to a file first.`,
  };
}

/** The error for a file that the file system cannot read. Rethrows any other error. */
export function unreadable(path: string, error: unknown): Diagnostic {
  if (!(error instanceof Error && "syscall" in error)) throw error;
  return fileTrouble(
    path,
    "unreadable",
    say`${path} cannot be read: ${error.message.split(",")[0] ?? ""}.`,
  );
}

/** The error for a path or link that leads out of the project's folder. */
export function outside(path: string): Diagnostic {
  return fileTrouble(
    path,
    "outside",
    say`${path} leads out of the project's folder, which nothing is read from.`,
  );
}

/** The error for a path or link that leads to something hidden in the project's folder. */
export function hiddenPathProblem(path: string): Diagnostic {
  const message = say`${path} leads into a hidden folder or an installed package, which nothing is read from.`;
  return {
    ...fileTrouble(path, "hidden", message),
    hint: say`Remove the link, or put the file where it is meant to be.`,
  };
}

/**
 * The error for a file name with invisible characters, which could control a terminal or pipeline.
 */
export function oddName(path: string): Diagnostic {
  const message = say`The name of the file ${path} holds characters that cannot be seen.`;
  return {
    ...fileTrouble(path, "name", message),
    hint: say`Rename it, with letters, digits, spaces and punctuation alone.`,
  };
}
