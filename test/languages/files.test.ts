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

  test("has the code of its texts, whole and the right way round", () => {
    const wrong = groups.flatMap((group) =>
      Object.entries(file[group]).filter(([text, told]) => codeIn(text) !== codeIn(told)),
    );
    expect(wrong).toEqual([]);
  });

  test("is in order, so that a text is found and two branches seldom meet in a line", () => {
    for (const group of groups)
      expect(Object.keys(file[group])).toEqual(Object.keys(file[group]).sort(byLetter));
  });
});

test.each([
  ["Add `{0}` to `names`.", "在`names`中添加`{0}`。", true],
  ["Add `{0}` to `names`.", "请`添加 {0}` 到 names`。", false],
  ["Add `{0}` to `names`.", "将`{1}`添加到`names`。", false],
  ["Add `{0}`.", "添加 `{0}。", false],
  ["Add {0}.", "添加 `{0}`。", false],
])("the code of %j and of %j is the same: %s", (text, told, same) => {
  expect(codeIn(text) === codeIn(told)).toBe(same);
});

/** The code spans of a text, in any order: they are translated as they are. */
function codeIn(text: string): string {
  const spans = text.match(/`[^`]*`?/g) ?? [];
  return spans.sort().join(" ");
}

function holes(text: string): string {
  return [...new Set(text.match(/\{\d+\}/g))].sort().join();
}
