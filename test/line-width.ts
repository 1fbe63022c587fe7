import { parseAst } from "vitest/node";
import type { Node } from "./languages/source.ts";

const maximumWidth = 100;
/** What may stand beside a literal on a line that it makes too wide: its name, its call. */
const maximumBesideLiteral = 50;

/**
 * The numbers of a file's lines with more than 100 characters that could be broken. A URL cannot,
 * nor a literal (a string, a template, a regular expression); in Markdown, a row of a table, a
 * heading, a link that is an item of a list, and code.
 */
export function findWideLines(file: string, text: string): readonly number[] {
  const lines = text.split("\n").map((line) => line.replaceAll(/https?:\/\/\S+/g, ""));
  if (lines.every((line) => line.length <= maximumWidth)) return [];
  const isFixed = file.endsWith(".md") ? markdownRule(lines) : literalRule(file, text);
  return lines.flatMap((line, index) =>
    line.length > maximumWidth && !isFixed(line, index) ? [index + 1] : [],
  );
}

type IsFixed = (line: string, index: number) => boolean;

function markdownRule(lines: readonly string[]): IsFixed {
  const fences = lines.map((line) => /^ *```/.test(line));
  const isCode = (index: number) => fences.slice(0, index).filter(Boolean).length % 2 === 1;
  return (line, index) => /^(?:\||#|- \[[^\]]*\]\([^)]*\))/.test(line) || isCode(index);
}

function literalRule(file: string, text: string): IsFixed {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const tree = parseAst(text, { lang: file.endsWith(".ts") ? "ts" : "js" }) as unknown as Node;
  const literals = [...literalsIn(tree)];
  return (line, index) => {
    const from = starts[index] ?? 0;
    const inside = literals.map(
      ({ start, end }) => Math.min(Number(end), from + line.length) - Math.max(start, from),
    );
    return line.trim().length - Math.max(0, ...inside) <= maximumBesideLiteral;
  };
}

function* literalsIn(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  const { type } = value as Node;
  if (type === "Literal" || type === "TemplateLiteral") yield value as Node;
  else for (const inner of Object.values(value)) yield* literalsIn(inner);
}
