import type { Location } from "../../model/diagnostic.ts";
import { columns, cutToWidth, headOfWidth } from "./layout.ts";

/**
 * A location's line, cut to `room` columns around the marked range, with the range's start and
 * width in columns.
 */
export function excerpt(
  at: Location,
  room: number,
): { readonly line: string; readonly start: number; readonly width: number } {
  const text = at.excerpt;
  const start = Math.min(at.column - 1, text.length);
  const end =
    at.endLine > at.line ? text.length : Math.min(Math.max(at.endColumn - 1, start), text.length);
  const { lead, from } = beginning(text, start, room);
  const before = columns(lead + text.slice(from, start));
  const width = Math.max(1, Math.min(columns(text.slice(start, end)), room - before));
  return { line: cutToWidth(lead + text.slice(from), room), start: before, width };
}

/** Where to start a line that is too long: a third of the room shows text before the range. */
function beginning(
  text: string,
  start: number,
  room: number,
): { readonly lead: string; readonly from: number } {
  if (columns(text.slice(0, start)) < room * 0.6) return { lead: "", from: 0 };
  const backwards = [...text.slice(Math.max(0, start - room), start)].reverse().join("");
  return { lead: "…", from: start - headOfWidth(backwards, Math.floor(room / 3)).length };
}
