import type { Language } from "../language/language.ts";
import { cutToWidth } from "../wording/layout.ts";
import type { Noun } from "../../model/text/nouns.ts";
import { count } from "../wording/format.ts";

/**
 * A part of a report that is shown completely or not at all, and the number of things it
 * represents.
 */
export interface ReportPiece {
  readonly text: string;
  readonly stands: number;
}

/** The size of a text in UTF-8 bytes. */
export function bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/**
 * Takes items from the start while they fit into `room` bytes, each with a line break. Returns them
 * and the number of things they represent.
 */
export function fitPieces(
  items: Iterable<ReportPiece>,
  room: number,
): { readonly taken: readonly string[]; readonly stands: number } {
  const taken: string[] = [];
  let left = room;
  let stands = 0;
  for (const item of items) {
    left -= bytes(item.text) + 1;
    if (left < 0) break;
    taken.push(item.text);
    stands += item.stands;
  }
  return { taken, stands };
}

/**
 * The first complete lines of a text that fit the limit. Only for limits that nothing better fits.
 */
export function clipText(text: string, limit: number): string {
  if (bytes(text) <= limit) return text;
  const lines = text.split("\n").map((line) => ({ text: line, stands: 1 }));
  const { taken } = fitPieces(lines, limit);
  return taken.map((line) => `${line}\n`).join("");
}

/** A heading with items; as many items are shown as fit. */
export interface Section {
  readonly head: string;
  readonly items: Iterable<ReportPiece>;
  /** The share of the remaining room this section may use, from 0 to 1. */
  readonly share: number;
  /** The number of things that all items represent. */
  readonly all: number;
  /** The noun for omitted things: "more change". */
  readonly of: Noun;
  /** Summarizes the omitted things, given the number of shown ones. */
  rest?(told: number): string;
}

// Bytes for the note on omitted items.
const reserve = 120;
const longestRest = 300;

/** Renders a section, with a note on items that do not fit. Empty if `all` is 0. */
export function sectionText(
  { head, items, share, all, of, rest }: Section,
  room: number,
  language: Language,
): string {
  if (all === 0) return "";
  const { taken, stands } = fitPieces(
    items,
    room * share - bytes(head) - reserve - (rest ? longestRest : 0),
  );
  const left = all - stands;
  const note =
    left > 0
      ? `\n\n${leftOut(count(left, of, language), cutToWidth(rest?.(stands) ?? "", (longestRest * 2) / 3), language)}`
      : "";
  return taken.length === 0 ? note.trim() : `${head}\n${taken.join("\n")}${note}`;
}

function leftOut(more: string, what: string, language: Language): string {
  return what === ""
    ? language.say`… and ${more} that did not fit here.`
    : language.say`… and ${more} that did not fit here: ${what}.`;
}
