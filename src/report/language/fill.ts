/**
 * Returns a function that puts values into a text's placeholders (`{0}`). At the edges of a value,
 * Chinese and Latin characters are separated by one space, two Chinese ones by none. A sentence at
 * the end of another one loses its full stop.
 */
export function filler(text: string): (values: readonly (string | number)[]) => string {
  const parts = text.split(/\{(\d+)\}/u);
  return (values) =>
    parts.reduce(
      (all, part, index) =>
        index % 2 === 0 ? spaced(all, part) : spaced(all, String(values[Number(part)] ?? "")),
      "",
    );
}

function spaced(left: string, right: string): string {
  if (left === "" || right === "") return left + right;
  if (/^[.。]/u.test(right)) return left.replace(/[.。]$/u, "") + right;
  const [before, after] = [left.trimEnd(), right.trimStart()];
  const gap = left.length - before.length + right.length - after.length;
  if (gap > 1 || before === "" || after === "") return left + right;
  const [last, next] = [before.charCodeAt(before.length - 1), after.charCodeAt(0)];
  if (isChinese(last) && isChinese(next)) return before + after;
  return (isChinese(last) && isLatin(next)) || (isLatin(last) && isChinese(next))
    ? `${before} ${after}`
    : left + right;
}

function isChinese(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

/** ASCII letters and digits, and the backtick around code. */
function isLatin(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 96
  );
}
