import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The project's folder, which documents are named from. */
export const root = join(import.meta.dirname, "../..");

/**
 * A block of a document: its language, what follows it on the fence (`title=PATH`), its text, and
 * the line of its fence.
 */
export interface Block {
  readonly language: string;
  readonly title?: string;
  readonly from?: string;
  readonly text: string;
  readonly line: number;
}

/** A document's text. */
export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The fenced blocks of a Markdown text, in order. */
export function fenced(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^(`{3,})(\w+)(?: (title|from)=(\S+))?\n([\s\S]*?)^\1$/gm)].map(
    (found) => {
      const [, , language = "", name, path = "", text = ""] = found;
      const line = markdown.slice(0, found.index).split("\n").length;
      return {
        language,
        text,
        line,
        ...(name === "title" && { title: path }),
        ...(name === "from" && { from: path }),
      };
    },
  );
}

/** The text outside of blocks. */
export function prose(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, "");
}

/** A command of a `console` block with the lines that are shown below it. */
export interface Exchange {
  readonly command: string;
  readonly output: readonly string[];
  readonly line: number;
}

/**
 * What a `console` block shows: `$ ` begins a command, `> ` goes on with it, and the rest is what
 * it says.
 */
export function exchanges({ text, line }: Block): readonly Exchange[] {
  const found: { command: string; output: string[]; line: number }[] = [];
  for (const [index, row] of text.trimEnd().split("\n").entries()) {
    const last = found.at(-1);
    if (row.startsWith("$ "))
      found.push({ command: row.slice(2), output: [], line: line + index + 1 });
    else if (last === undefined)
      throw new Error(`line ${line + index + 1}: a console block begins with a command`);
    else if (row.startsWith("> ") && last.output.length === 0) last.command += `\n${row.slice(2)}`;
    else last.output.push(row);
  }
  return found;
}

/**
 * Whether an output is as shown: `…` stands for any part of a line, and a line of it alone for any
 * lines.
 */
export function isAsShown(shown: readonly string[], output: string): boolean {
  const pattern = shown
    .map((row) =>
      row.trim() === "…" ? "(?:.*\n)*?" : `${row.split("…").map(literal).join(".*")}\n`,
    )
    .join("");
  return new RegExp(`^${pattern}$`, "u").test(
    output === "" || output.endsWith("\n") ? output : `${output}\n`,
  );
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/**
 * A file's text after the edit that a `diff` block shows: its lines, kept and removed, are found
 * there once, and become those kept and added.
 */
export function edited(text: string, { text: diff, line }: Block): string {
  const rows = diff.trimEnd().split("\n");
  const side = (mark: string) =>
    rows
      .filter((row) => row.startsWith(" ") || row.startsWith(mark))
      .map((row) => `${row.slice(1)}\n`)
      .join("");
  const [whole, before] = [`\n${text}`, `\n${side("-")}`];
  const at = whole.indexOf(before);
  if (at < 0 || whole.includes(before, at + 1))
    throw new Error(
      `line ${line}: the lines of this edit stand in the file ${at < 0 ? "nowhere" : "twice"}`,
    );
  return `${whole.slice(0, at)}\n${side("+")}${whole.slice(at + before.length)}`.slice(1);
}
