import type { Json } from "../../src/model/values/json.ts";

/** Where pages say they come from. */
export const made = "<!-- Made by `npm run docs`. Change what it is made from. -->";

/** A table; cells are Markdown, on one line each. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(cell).join(" | ")} |`)
    .join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** A text as code, whatever backticks it has. */
export function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Prose that is none of Markdown's: what looks like a tag or an emphasis is shown as it stands. */
export function plain(text: string): string {
  return text.replaceAll(/\$\{[^}]*\}|[\w./-]*[<>*_](?:[\w./<>*_-]*[\w<>*_])?/g, code);
}

/** A value as JSON, shortened where it would fill the page. */
export function value(given: Json): string {
  const text = JSON.stringify(given).replaceAll("\\n", " ");
  return code(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

/** The anchor GitHub gives a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}
