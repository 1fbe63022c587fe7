import fc from "fast-check";
import { expect, test } from "vitest";
import { filler } from "../../src/report/language/fill.ts";
import { language } from "../../src/report/language/language.ts";
import type { LanguageFile } from "../../src/report/language/language-file.ts";
import { languageFiles } from "./texts.ts";

const empty: LanguageFile = { report: {}, messages: {}, help: {}, schemas: {}, plurals: {} };

/** Addresses, numbers, words in quotes: what is put into messages and is no text itself. */
const value = fc.oneof(
  fc.stringMatching(/^[A-Z][a-z]{2,9}\/[a-z][a-z0-9-]{2,9}$/),
  fc.nat({ max: 99_999 }).map(String),
  fc.stringMatching(/^`[a-z]{2,9}`$/),
);

test.each(languageFiles())("%s has every message, whatever its values are", (tag, file) => {
  const { told } = language(tag, file);
  const templates = Object.entries(file.messages).filter(([text]) => text.includes("{0}"));
  fc.assert(
    fc.property(
      fc.constantFrom(...templates),
      fc.array(value, { minLength: 6, maxLength: 6 }),
      ([template, translation], values) => {
        expect(told({ template, values })).toBe(filler(translation)(values));
      },
    ),
    { numRuns: templates.length * 4 },
  );
});

test.each(languageFiles())("%s leaves as it is what nobody translated", (tag, file) => {
  const { told } = language(tag, file);
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z][a-z]{3,9} [A-Z][a-z]{3,9} Ltd$/), (name) => {
      expect(told(name)).toBe(name);
    }),
  );
});

test("at a hole's edge Chinese has a space beside Latin letters and digits, and none beside Chinese", () => {
  expect(filler("已写入{0}个 {1} 中")(["3", "文件夹"])).toBe("已写入 3 个文件夹中");
  expect(filler("{0}：{1}")(["a", "乙"])).toBe("a：乙");
});

test("a text that the file lacks is said in English", () => {
  const { say, told } = language("xx", { ...empty, report: { "{0} of {1}": "{1}/{0}" } });
  expect([say`${1} of ${2}`, say`${1} more`, told("no such text")]).toEqual([
    "2/1",
    "1 more",
    "no such text",
  ]);
});

test("no sentence is taken apart: what is said in English alone stays English", () => {
  const { told } = language("xx", { ...empty, messages: { "no file {0}": "kein {0}", a: "b" } });
  expect(["no file x", "a; a", "a: a", "A."].map(told)).toEqual([
    "no file x",
    "a; a",
    "a: a",
    "A.",
  ]);
});
