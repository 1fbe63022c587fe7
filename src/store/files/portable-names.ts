import type { CodeWithin } from "../../model/codes.ts";
import { byPlace, type Diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { isPortable } from "../../model/text/windows-names.ts";
import { fileTrouble } from "./manifest-file.ts";

/**
 * Warns of paths (with slashes) that cannot be checked out on every system: names reserved by
 * Windows, and names that differ only in case.
 */
export function unportable(paths: readonly string[]): readonly Diagnostic[] {
  const seen = new Map<string, string>();
  const found = paths.flatMap((path) => {
    const other = seen.get(path.toLowerCase());
    if (other === undefined) seen.set(path.toLowerCase(), path);
    return [
      ...keptByWindows(path),
      ...(other === undefined ? [] : [warning(path, "case", sameName(path, other))]),
    ];
  });
  return found.sort(byPlace);
}

function keptByWindows(path: string): readonly Diagnostic[] {
  const name = path.split("/").find((part) => part !== "." && part !== ".." && !isPortable(part));
  if (name === undefined) return [];
  return [
    warning(
      path,
      "windows-name",
      say`${path} cannot be checked out on Windows, which takes no file or folder called ${name}.`,
    ),
  ];
}

function sameName(path: string, other: string): Wording {
  return say`${path} and ${other} are one file where capitals make no difference, as on Windows and macOS.`;
}

function warning(path: string, code: CodeWithin<"file">, message: Wording): Diagnostic {
  return {
    ...fileTrouble(path, code, message),
    severity: "warning",
    hint: say`Give it another name.`,
  };
}
