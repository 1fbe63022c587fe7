import { describe, expect, test } from "vitest";
import { byLetter, everyText, groups, languageFiles } from "./texts.ts";

const texts = everyText();

describe.each(languageFiles())("languages/%s.json", (tag, file) => {
  describe.each(groups)("%s", (group) => {
    const [needed, given] = [texts[group], file[group]];

    test("lacks no text", () => {
      const lacking = [...needed].filter(([text]) => !Object.hasOwn(given, text));
      const told = lacking.map(
        ([text, where]) =>
          `${where} says what languages/${tag}.json lacks: add to its "${group}"\n  ${JSON.stringify(text)}: "…"`,
      );
      expect(told.join("\n")).toBe("");
    });

    test("has no text that nothing says", () => {
      const spare = Object.keys(given).filter((text) => !needed.has(text));
      const told = spare.map(
        (text) =>
          `nothing says this any more: take it out of "${group}" in languages/${tag}.json\n  ${JSON.stringify(text)}`,
      );
      expect(told.join("\n")).toBe("");
    });

    test("fills the same holes, and leaves no translation empty", () => {
      const wrong = Object.entries(given).filter(
        ([text, translation]) => translation === "" || holes(text) !== holes(translation),
      );
      expect(wrong).toEqual([]);
    });
  });

  test("is in order, so that a text is found and two branches seldom meet in a line", () => {
    for (const group of groups)
      expect(Object.keys(file[group])).toEqual(Object.keys(file[group]).sort(byLetter));
  });
});

function holes(text: string): string {
  return [...new Set(text.match(/\{\d+\}/g))].sort().join();
}
