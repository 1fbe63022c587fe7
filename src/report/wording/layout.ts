import stringWidth from "fast-string-width";

/** The width of a text in terminal columns: a Chinese character takes two, a colour code none. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** Pads a text with spaces to a width. */
export function pad(text: string, to: number): string {
  return text + " ".repeat(Math.max(0, to - columns(text)));
}

/** The greatest width of the texts, at most `limit`. */
export function widest(texts: readonly string[], limit: number): number {
  return Math.min(
    limit,
    texts.reduce((most, text) => Math.max(most, columns(text)), 0),
  );
}

/** Cuts a text to a width, with an ellipsis if it was longer. */
export function cutToWidth(text: string, to: number): string {
  return columns(text) <= to ? text : `${headOfWidth(text, to - 1)}…`;
}

/** The longest prefix of a text that fits a width. */
export function headOfWidth(text: string, to: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += columns(character);
    if (used > to) break;
    end += character.length;
  }
  return text.slice(0, end);
}

// Long Chinese text is broken between any two characters, but not before closing or after opening
// punctuation.
const units =
  /[（《“‘「]*(\p{Script=Han}[，。、；：！？）》”’」…]*|[^\p{Script=Han}（《「，。、；：]+[，。、；：！？）》”’」…]*)|[（《「，。、；：]/gu;

const shortest = 16;

/**
 * Wraps a text to a width of at least 8: at spaces and between Chinese characters. Words are broken
 * only if they are longer than a line.
 */
export function wrap(text: string, to: number): readonly string[] {
  if (!/\p{Script=Han}/u.test(text)) return flow(text.split(" "), " ", to);
  const room = Math.max(8, to);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    let gap = line === "" ? "" : " ";
    for (const unit of columns(word) > shortest ? (word.match(units) ?? []) : [word]) {
      if (columns(line + gap + unit) <= room) line += gap + unit;
      else {
        if (line !== "") lines.push(line);
        line = spill(unit, " ", room, lines);
      }
      gap = "";
    }
  }
  return line === "" ? lines : [...lines, line];
}

/**
 * Fills lines of a width with pieces joined by a separator; a comma stays at the line's end. Pieces
 * longer than a line are broken.
 */
export function flow(pieces: readonly string[], separator: string, to: number): readonly string[] {
  const room = Math.max(8, to);
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    const joined = line === "" ? piece : `${line}${separator}${piece}`;
    if (columns(joined) <= room) line = joined;
    else {
      if (line !== "") lines.push(separator === ", " ? `${line},` : line);
      line = spill(piece, separator, room, lines);
    }
  }
  return line === "" ? lines : [...lines, line];
}

function spill(piece: string, separator: string, room: number, lines: string[]): string {
  if (columns(piece) <= room) return piece;
  if (separator !== " ") {
    const wrapped = wrap(piece, room);
    for (const one of wrapped.slice(0, -1)) lines.push(one);
    return wrapped.at(-1) ?? "";
  }
  let rest = piece;
  for (
    let part = headOfWidth(rest, room);
    part.length < rest.length;
    part = headOfWidth(rest, room)
  ) {
    lines.push(part);
    rest = rest.slice(part.length);
  }
  return rest;
}

/** Indents lines, except empty ones. */
export function indentLines(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(by) + line));
}

/**
 * Joins blocks with an empty line between them and a line break at the end. Empty blocks are
 * omitted.
 */
export function page(blocks: readonly (readonly string[])[]): string {
  const full = blocks.filter((block) => block.length > 0);
  return full.length === 0 ? "" : `${full.map((block) => block.join("\n")).join("\n\n")}\n`;
}
