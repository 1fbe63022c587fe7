import type { Location } from "../../model/diagnostic.ts";

/**
 * The location of a range within a scalar's text, given the scalar's location. Exact for a one-line
 * scalar without escapes and for a literal block; otherwise the scalar's location.
 */
export function stretchOf(
  at: Location,
  text: string,
  stretch: readonly [start: number, end: number],
  lines: readonly string[],
): Location {
  const before = text.slice(0, stretch[0]).split("\n");
  const written = text.split("\n");
  const row = before.length - 1;
  const column = before.at(-1)?.length ?? 0;
  const line = written[row] ?? "";
  const length = Math.max(1, Math.min(stretch[1] - stretch[0], line.length - column));
  const first = writtenAt(at, text);
  if (first !== undefined)
    return { ...at, column: first + column, endLine: at.line, endColumn: first + column + length };
  const own = lines[at.line + row] ?? "";
  if (!/[|]/.test(at.excerpt.slice(at.column - 1)) || own.trimEnd() === "" || !own.endsWith(line))
    return at;
  const from = own.length - line.length + column + 1;
  return {
    ...at,
    line: at.line + row + 1,
    column: from,
    endLine: at.line + row + 1,
    endColumn: from + length,
    excerpt: own,
  };
}

/**
 * The column at which the text starts (after a quote, if any). Undefined if the line does not
 * contain it verbatim.
 */
function writtenAt({ excerpt, column }: Location, text: string): number | undefined {
  return [column, column + 1].find((from) => excerpt.startsWith(text, from - 1));
}
