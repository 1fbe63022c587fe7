import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Three words in a row of which one at least begins small: no name of a product or a company, but a
 * sentence.
 */
const sentence = /(?<![\w./@<#-])[A-Za-z][a-z']+(?:[,;]? [A-Za-z][a-z']+){2,}(?![\w/@>-])/g;

/**
 * What is no sentence of ours: code, quotations, command lines, excerpts of files, what came
 * between tags or in angle brackets.
 */
const quoted = [
  /^\s*\d* \| .*$/gm,
  /```[\s\S]*?```/g,
  /<code>.*?<\/code>/g,
  /`[^`]*`/g,
  /“[^”]*”/g,
  /"[^"\n]*"/g,
  /partnerctl [a-z].*$/gm,
  /--[a-z-]+/g,
];

/**
 * The English sentences that a Chinese report still has, but for those that stand in the data it is
 * about.
 */
export function leftovers(report: string, data: string): readonly string[] {
  const own = quoted.reduce((rest, one) => rest.replace(one, "·"), report);
  return (own.match(sentence) ?? []).filter(
    (words) => /(^| )[a-z]/.test(words) && !data.includes(words),
  );
}

/** All that is written in the files below a folder. */
export function allText(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}
