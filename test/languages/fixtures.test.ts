import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { language } from "../../src/report/language/language.ts";
import { leftovers } from "./leftovers.ts";
import { folder } from "./source.ts";
import { languageFiles } from "./texts.ts";

const fixtures = `${folder}test/manifest/fixtures`;

// The rules of kinds that are made up for these tests speak English.
const toys = readFileSync(`${folder}test/manifest/toy-kinds.ts`, "utf8");

/** The messages and hints that the manifests' fixtures expect. */
function messages(): readonly string[] {
  const expected = readdirSync(fixtures).map((name) =>
    readFileSync(`${fixtures}/${name}/expected.txt`, "utf8"),
  );
  return [...new Set(expected.flatMap((text) => text.match(/^ {2}[^ |/].*$/gm) ?? []))].map(
    (line) => line.trim(),
  );
}

test.each(languageFiles().filter(([tag]) => tag.startsWith("zh")))(
  "%s: what is wrong with a manifest is said without an English sentence",
  (tag, file) => {
    const { told } = language(tag, file);
    const all = messages();
    expect(all.length).toBeGreaterThan(150);
    expect(all.flatMap((message) => leftovers(told(message), toys))).toEqual([]);
  },
);
