import type { Location } from "../../model/diagnostic.ts";

/** A range of a text in UTF-16 code units; the end is exclusive. */
export type TextRange = readonly [start: number, end: number];

/**
 * A file's text. `at` returns the location of a range for messages; its excerpt shows the values of
 * password-like fields as asterisks.
 */
export interface Text {
  readonly file: string;
  readonly content: string;
  at(range: TextRange): Location;
}

/** Creates a text. Lines are counted on the first call of `at`. */
export function text(file: string, content: string): Text {
  let starts: readonly number[] | undefined;
  let last = { start: -1, excerpt: "" };
  // Caches the excerpt: there can be many problems on one long line.
  const excerptAt = (start: number): string => {
    if (last.start !== start) last = { start, excerpt: concealed(lineAt(content, start)) };
    return last.excerpt;
  };
  const at = (range: TextRange): Location => {
    starts ??= lineStarts(content);
    return place({ file, starts, excerptAt }, range);
  };
  return { file, content, at };
}

/**
 * Masks the location's excerpt from a column to the line's end, because a secret is there. Default:
 * the location's own column.
 */
export function maskLocation(at: Location, column = at.column): Location {
  const excerpt = at.excerpt.slice(0, column - 1) + stars(at.excerpt.slice(column - 1));
  return { ...at, excerpt };
}

/** Whether a field of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return /password|secret|token|^key$/i.test(name);
}

interface Lines {
  readonly file: string;
  readonly starts: readonly number[];
  readonly excerptAt: (start: number) => string;
}

function place(lines: Lines, [start, end]: TextRange): Location {
  const from = lineOf(lines.starts, start);
  const until = lineOf(lines.starts, Math.max(start, end));
  const lineStart = lines.starts[from] ?? 0;
  return {
    file: lines.file,
    line: from + 1,
    column: start - lineStart + 1,
    endLine: until + 1,
    endColumn: Math.max(start, end) - (lines.starts[until] ?? 0) + 1,
    excerpt:
      (from === until ? end : start) - lineStart <= longestExcerpt
        ? lines.excerptAt(lineStart)
        : "",
  };
}

/**
 * Excerpts contain at most this many characters of a line, and are empty for a range beyond them.
 * Long enough for a policy expression.
 */
const longestExcerpt = 12_000;

function lineAt(content: string, start: number): string {
  const shown = content.slice(start, start + longestExcerpt);
  const end = shown.indexOf("\n");
  const line = end < 0 ? shown : shown.slice(0, end);
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function lineStarts(content: string): readonly number[] {
  const starts = [0];
  for (let at = content.indexOf("\n"); at >= 0; at = content.indexOf("\n", at + 1))
    starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function concealed(line: string): string {
  return line.replace(
    /((?:password|secret|token|\bkey)\w*["']?\s*:\s+)(\S.*)$/i,
    (whole, field: string, value: string) =>
      /^["']?\$\{/.test(value) ? whole : field + stars(value),
  );
}

function stars(value: string): string {
  return value.replace(/\S/g, "*");
}
