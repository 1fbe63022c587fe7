import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Source } from "../../model/source.ts";
import { fileTrouble, mostBytes } from "./manifest-file.ts";
import { readOwn } from "./read-input.ts";
import { replaceFile } from "./atomic-write.ts";

/** A file as it was read, and its new text. */
export interface Rewriting {
  readonly source: Source;
  readonly text: string;
}

/**
 * Replaces files, or none of them if one has changed since it was read: then it returns an error
 * for each changed file. Each write is atomic, keeps the file's mode and follows links. If a write
 * fails, restores the files written before and throws the file-system error.
 */
export function rewrite(root: string, all: readonly Rewriting[]): readonly Diagnostic[] {
  const moved = all.filter(
    ({ source }) => !readOwn(resolve(root, source.path), mostBytes)?.equals(source.bytes),
  );
  if (moved.length > 0)
    return moved.map(({ source: { path } }) =>
      fileTrouble(
        path,
        "changed",
        say`${path} changed while it was being worked on, so nothing was written.`,
      ),
    );
  const done: Rewriting[] = [];
  try {
    for (const one of all) {
      replace(root, one.source, one.text);
      done.push(one);
    }
  } catch (error) {
    for (const { source } of done) replace(root, source, [source.bytes]);
    throw error;
  }
  return [];
}

function replace(root: string, { path }: Source, content: string | Iterable<Uint8Array>): void {
  const real = realpathSync(resolve(root, path));
  replaceFile(real, content, { mode: statSync(real).mode & 0o7777, exact: true });
}
