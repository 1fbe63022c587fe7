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

/**
 * The page with its prose in lines of at most 100 columns. Tables, headings and code stay as they
 * are.
 */
export function wrapProse(page: string): string {
  let fenced = false;
  const wrapped = page.split("\n").flatMap((line) => {
    if (line.startsWith("```")) fenced = !fenced;
    return fenced || line.length <= 100 || /^[|#<]/.test(line) ? [line] : wrapLine(line);
  });
  return wrapped.join("\n");
}

function wrapLine(line: string): readonly string[] {
  const indent = " ".repeat(/^ *(?:- )?/.exec(line)?.[0].length ?? 0);
  const [first = "", ...words] = line.slice(indent.length).split(" ");
  const lines = [line.slice(0, indent.length) + first];
  for (const word of words) {
    const last = lines.length - 1;
    const longer = `${lines[last]} ${word}`;
    // A line that began with such a word would be an item of a list, a heading or a quotation.
    if (longer.length <= 100 || /^(?:[-+*]$|[#>]|\d+\.$)/.test(word)) lines[last] = longer;
    else lines.push(indent + word);
  }
  return lines;
}
