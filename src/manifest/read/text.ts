import type { Location } from "../../model/diagnostic.ts";

/** A stretch of a text, in UTF-16 code units; the end is exclusive. */
export type TextRange = readonly [start: number, end: number];

/** The text of a file, and where a stretch of it stands for people. Values of password-like fields are starred in excerpts. */
export interface Text {
  readonly file: string;
  readonly content: string;
  at(range: TextRange): Location;
}

/** Makes a text; its lines are counted when the first place is asked for. */
export function text(file: string, content: string): Text {
  let starts: readonly number[] | undefined;
  let last = { start: -1, excerpt: "" };
  // Many problems on one line, which may be long, have their excerpt made once.
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

/** The same place with everything from a column on starred, its own unless given: the value there is a secret. */
export function maskLocation(at: Location, column = at.column): Location {
  const excerpt = at.excerpt.slice(0, column - 1) + stars(at.excerpt.slice(column - 1));
  return { ...at, excerpt };
}

/** Whether a field of this name holds a secret, whatever its value. */
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
    excerpt: (from === until ? end : start) - lineStart <= longestExcerpt ? lines.excerptAt(lineStart) : "",
  };
}

/** No more of a line is kept, and nothing of it where the place reaches behind that; an expression of a policy fits in. */
const longestExcerpt = 12_000;

function lineAt(content: string, start: number): string {
  const shown = content.slice(start, start + longestExcerpt);
  const end = shown.indexOf("\n");
  const line = end < 0 ? shown : shown.slice(0, end);
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function lineStarts(content: string): readonly number[] {
  const starts = [0];
  for (let at = content.indexOf("\n"); at >= 0; at = content.indexOf("\n", at + 1)) starts.push(at + 1);
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
  return line.replace(/((?:password|secret|token|\bkey)\w*["']?\s*:\s+)(\S.*)$/i, (whole, field: string, value: string) =>
    /^["']?\$\{/.test(value) ? whole : field + stars(value),
  );
}

function stars(value: string): string {
  return value.replace(/\S/g, "*");
}
