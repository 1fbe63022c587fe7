import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The README as it stands. */
export const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** The code blocks in a language, in order. */
export function blocks(language: string): readonly string[] {
  return [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , text = ""]) => text);
}
