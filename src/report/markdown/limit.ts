import type { Language } from "../language/language.ts";
import { cutToWidth } from "../wording/layout.ts";
import type { Noun } from "../language/plurals.ts";
import { count } from "../wording/format.ts";

/** A piece of a report that is shown whole or not at all, and how many things it stands for. */
export interface ReportPiece {
  readonly text: string;
  readonly stands: number;
}

/** The bytes a text has in UTF-8. */
export function bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** As many items from the beginning as fit into so many bytes, each with a line break, and how many things those stand for. */
export function fitPieces(items: Iterable<ReportPiece>, room: number): { readonly taken: readonly string[]; readonly stands: number } {
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

/** The text where it fits; else as many of its first lines as do. The last resort, for limits too small for anything better. */
export function clipText(text: string, limit: number): string {
  if (bytes(text) <= limit) return text;
  const lines = text.split("\n").map((line) => ({ text: line, stands: 1 }));
  const { taken } = fitPieces(lines, limit);
  return taken.map((line) => `${line}\n`).join("");
}

/** A heading with items of which as many are shown as fit into a share of the room. */
export interface Section {
  readonly head: string;
  readonly items: Iterable<ReportPiece>;
  /** Of the room that is left, from 0 to 1. */
  readonly share: number;
  /** How many things all items stand for. */
  readonly all: number;
  /** What is counted where some do not fit: "more change". */
  readonly of: Noun;
  /** What those come to that do not fit, once so many are told. */
  rest?(told: number): string;
}

// For the note on what was left out.
const reserve = 120;
const longestRest = 300;

/** The section as text, with a note on what did not fit; empty where there is nothing to tell. */
export function sectionText({ head, items, share, all, of, rest }: Section, room: number, language: Language): string {
  if (all === 0) return "";
  const { taken, stands } = fitPieces(items, room * share - bytes(head) - reserve - (rest ? longestRest : 0));
  const left = all - stands;
  const note =
    left > 0 ? `\n\n${leftOut(count(left, of, language), cutToWidth(rest?.(stands) ?? "", (longestRest * 2) / 3), language)}` : "";
  return taken.length === 0 ? note.trim() : `${head}\n${taken.join("\n")}${note}`;
}

function leftOut(more: string, what: string, language: Language): string {
  return what === "" ? language.say`… and ${more} that did not fit here.` : language.say`… and ${more} that did not fit here: ${what}.`;
}
