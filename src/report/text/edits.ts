import type { Edits } from "../document.ts";
import type { Style } from "../report.ts";
import { clean } from "../sanitize.ts";

/** The edits as a unified diff, with red and green lines where the style has colour. */
export function textEdits({ diff }: Edits, { color }: Style): string {
  const text = diff.split("\n").map(clean).join("\n");
  if (!color) return text;
  return text.replace(
    /^([-+]).*$/gm,
    (line, mark) => `\u001b[${mark === "-" ? 31 : 32}m${line}\u001b[39m`,
  );
}
