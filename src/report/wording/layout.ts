import stringWidth from "fast-string-width";

/** The columns a text takes in a terminal: two for a Chinese character, none for a colour code. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** The text filled up with spaces to a number of columns. */
export function pad(text: string, to: number): string {
  return text + " ".repeat(Math.max(0, to - columns(text)));
}

/** The most columns any of these takes, up to a limit. */
export function widest(texts: readonly string[], limit: number): number {
  return Math.min(
    limit,
    texts.reduce((most, text) => Math.max(most, columns(text)), 0),
  );
}

/** The text cut to a number of columns, with an ellipsis where something was lost. */
export function cutToWidth(text: string, to: number): string {
  return columns(text) <= to ? text : `${headOfWidth(text, to - 1)}…`;
}

/** As much of a text's beginning as fits into a number of columns. */
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

// Chinese that is longer than a word is broken between any two characters, but for marks that belong to what stands before or after them.
const units =
  /[（《“‘「]*(\p{Script=Han}[，。、；：！？）》”’」…]*|[^\p{Script=Han}（《「，。、；：]+[，。、；：！？）》”’」…]*)|[（《「，。、；：]/gu;

const shortest = 16;

/** The text in lines of at most so many columns, broken at spaces and between Chinese characters, and inside a word only where it is too long for a line. */
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

/** Pieces put one after another with a separator, on as few lines as hold them (a comma stays at the line's end); a piece longer than a line is broken. */
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
  for (let part = headOfWidth(rest, room); part.length < rest.length; part = headOfWidth(rest, room)) {
    lines.push(part);
    rest = rest.slice(part.length);
  }
  return rest;
}

/** The lines moved to the right. */
export function indentLines(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(by) + line));
}

/** The blocks that have lines, with an empty line between them and a line break at the end. */
export function page(blocks: readonly (readonly string[])[]): string {
  const full = blocks.filter((block) => block.length > 0);
  return full.length === 0 ? "" : `${full.map((block) => block.join("\n")).join("\n\n")}\n`;
}
