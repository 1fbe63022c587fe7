// A code span contains no markup, links or mentions. A backtick can end it; a bar or backslash can
// have a meaning in a table.
const unsafeInSpan = /[`|\\]/;

// Words, amounts and punctuation that cannot contain markup, links, mentions or references.
const plainPiece =
  /^[×·]$|^["“(]*([+-]?[\p{L}\p{N}][\p{L}\p{N}\p{M}’,%、。，：；？！（）《》“”—…-]*|[+-]?\d[\d,]*(\.\d+)?(\/\p{L}+)?)?[.,;:!?"”)…—、。，：；？！（）《》]*$/u;

/**
 * Untrusted text as inline code: unchanged, without formatting, links or mentions, and safe in a
 * table cell. The text must be sanitized.
 */
export function code(text: string): string {
  if (text.trim() === "") return '""';
  return unsafeInSpan.test(text) ? htmlCode(text) : `\`${text}\``;
}

/** Untrusted text as inline code in HTML, for places without Markdown, such as `summary`. */
export function htmlCode(text: string): string {
  return `<code>${text.replace(/[^\p{L}\p{N}\p{M} .,-]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

// A code span with closing punctuation; an amount per month; Chinese text, which has no spaces; any
// other word.
const pieces =
  /(`[^`]+`[.,;:!?)]*|[+-]?\d[\d,]*(?:\.\d+)?\/\p{L}+|[\p{Script=Han}、。，：；？！（）《》]+|[^\s\p{Script=Han}、。，：；？！（）《》]+)(\s*)/gu;

/**
 * A sentence with untrusted text: plain words are kept, anything that could be markup, a link or a
 * mention becomes code.
 */
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
    // A full stop inside a word could make it a host name.
    if (!plainPiece.test(piece) || (joined && /[\p{L}\p{N}]\.$/u.test(piece)))
      unsafe += piece + gap;
    else {
      flush();
      told += piece + gap;
    }
  }
  flush();
  return told.trimEnd();
}

/**
 * Words as code, with closing punctuation outside. Backticks around the words are removed first.
 */
function coded(words: string): string {
  const [, , inner = "", end = ""] = /^(`?)([^`]+?)\1([.,;:!?]*)$/.exec(words) ?? [];
  return inner === "" ? code(words) : `${code(inner)}${end}`;
}

/** Lines in a fenced block whose fence is longer than any run of backticks in them. */
export function fenceBlock(lines: readonly string[], language: string): string {
  const longest = lines.reduce(
    (most, line) => Math.max(most, ...(line.match(/`+/g) ?? []).map((run) => run.length)),
    2,
  );
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${lines.join("\n")}\n${fence}`;
}
