// In a code span nothing is markup, a link or a mention; only a backtick ends it, and in a table a bar or a backslash may.
const unsafeInSpan = /[`|\\]/;

// Words, amounts and punctuation in which no markup, link, mention or reference can hide.
const plainPiece =
  /^[×·]$|^["“(]*([+-]?[\p{L}\p{N}][\p{L}\p{N}\p{M}’,%、。，：；？！（）《》“”—…-]*|[+-]?\d[\d,]*(\.\d+)?(\/\p{L}+)?)?[.,;:!?"”)…—、。，：；？！（）《》]*$/u;

/** Somebody else's text as inline code: it stays as it is and can neither format, link, mention nor leave its table cell. Expects clean text. */
export function code(text: string): string {
  if (text.trim() === "") return '""';
  return unsafeInSpan.test(text) ? htmlCode(text) : `\`${text}\``;
}

/** The same for places where Markdown is not read, such as a summary. */
export function htmlCode(text: string): string {
  return `<code>${text.replace(/[^\p{L}\p{N}\p{M} .,-]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

// A code span with the marks of a sentence's end; an amount a month; Chinese, which has no spaces between its words; any other word.
const pieces =
  /(`[^`]+`[.,;:!?)]*|[+-]?\d[\d,]*(?:\.\d+)?\/\p{L}+|[\p{Script=Han}、。，：；？！（）《》]+|[^\s\p{Script=Han}、。，：；？！（）《》]+)(\s*)/gu;

/** A sentence that may hold somebody else's words: words stay words, and whatever could be markup, a link or a mention becomes code. */
export function prose(text: string): string {
  let told = "";
  let unsafe = "";
  const flush = () => {
    const gap = / $/u.test(unsafe) ? " " : "";
    if (unsafe !== "") told += coded(unsafe.trimEnd()) + gap;
    unsafe = "";
  };
  const words = text.trim();
  for (const { 0: whole, 1: piece = "", 2: space = "", index } of words.matchAll(pieces)) {
    const gap = space === "" ? "" : " ";
    const joined = gap === "" && index + whole.length < words.length;
    // A full stop inside a word may be that of a host's name.
    if (!plainPiece.test(piece) || (joined && /[\p{L}\p{N}]\.$/u.test(piece))) unsafe += piece + gap;
    else {
      flush();
      told += piece + gap;
    }
  }
  flush();
  return told.trimEnd();
}

/** Words as code, the marks of a sentence's end outside it; what is in backticks already loses those. */
function coded(words: string): string {
  const [, , inner = "", end = ""] = /^(`?)([^`]+?)\1([.,;:!?]*)$/.exec(words) ?? [];
  return inner === "" ? code(words) : `${code(inner)}${end}`;
}

/** Lines in a fenced block that no line in it can close. */
export function fenceBlock(lines: readonly string[], language: string): string {
  const longest = lines.reduce((most, line) => Math.max(most, ...(line.match(/`+/g) ?? []).map((run) => run.length)), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${lines.join("\n")}\n${fence}`;
}
