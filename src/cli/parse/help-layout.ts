import type { Help } from "commander";
import { columns, pad } from "../../report/wording/layout.ts";

const han = /\p{Script=Han}/u;
const endsWithHan = /\p{Script=Han}$/u;
const closing = /^[，。、；：！？）》”’」…]/u;
const endsClosing = /[，。、；：！？）》”’」…]$/u;
const opening = /[（《“‘「]$/u;

/**
 * Wraps text to a width in columns, only between words. Chinese words are found by a dictionary.
 */
export function wrapWords(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(text: string, width: number): string {
  let [done, line] = ["", ""];
  for (const word of text.split(" ")) {
    let gap = line === "" ? "" : " ";
    for (const piece of piecesOf(word)) {
      if (line !== "" && columns(line + gap + piece) > width) {
        done += `${line}\n`;
        line = piece;
      } else line += gap + piece;
      gap = "";
    }
  }
  return done + line;
}

/** The parts of a word between which a line may break. Punctuation stays with its neighbor. */
function piecesOf(word: string): readonly string[] {
  if (!han.test(word)) return [word];
  const pieces: string[] = [];
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "word" }).segment(word)) {
    const before = pieces.at(-1);
    const together =
      before !== undefined &&
      (closing.test(segment) || opening.test(before) || isOneWord(before, segment));
    if (together) pieces[pieces.length - 1] = before + segment;
    else pieces.push(segment);
  }
  return pieces;
}

function isOneWord(before: string, after: string): boolean {
  return !endsWithHan.test(before) && !endsClosing.test(before) && !han.test(after);
}

/** A term with its description beside it, or below it if less than 30 columns are left. */
export function formatItem(
  term: string,
  termWidth: number,
  description: string,
  { helpWidth = 80 }: Pick<Help, "helpWidth">,
): string {
  if (description === "") return `  ${term}`;
  const room = helpWidth - termWidth - 4;
  if (room < 30) return `  ${term}\n${indentWrapped(description, 6, helpWidth)}`;
  return `  ${pad(term, termWidth)}  ${indentWrapped(description, termWidth + 4, helpWidth).trimStart()}`;
}

/** Wraps text and indents every line. */
export function indentWrapped(text: string, margin: number, width: number): string {
  return wrapWords(text, width - margin).replaceAll(/^/gm, " ".repeat(margin));
}
