import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { language } from "../../src/report/language/language.ts";
import type { LanguageFile } from "../../src/report/language/language-file.ts";
import { filler } from "../../src/report/language/fill.ts";
import { teller } from "../../src/report/language/told.ts";
import { finder } from "../../src/report/language/templates.ts";
import { languageFiles } from "./texts.ts";

const empty: LanguageFile = { report: {}, messages: {}, help: {}, schemas: {}, plurals: {} };

/** How many characters are in the strings in which something is looked for meanwhile. */
function searched(work: () => void): number {
  let characters = 0;
  const spies = (["indexOf", "includes", "split"] as const).map((name) => {
    const real = String.prototype[name] as (...args: unknown[]) => unknown;
    return vi.spyOn(String.prototype, name).mockImplementation(function (
      this: string,
      ...args: unknown[]
    ) {
      characters += this.length;
      return real.apply(this, args) as never;
    });
  });
  work();
  for (const spy of spies) spy.mockRestore();
  return characters;
}

/** Addresses, numbers, words in quotes: what is put into messages and is no text itself. */
const value = fc.oneof(
  fc.stringMatching(/^[A-Z][a-z]{2,9}\/[a-z][a-z0-9-]{2,9}$/),
  fc.nat({ max: 99_999 }).map(String),
  fc.stringMatching(/^`[a-z]{2,9}`$/),
);

describe.each(languageFiles())("%s", (tag, file) => {
  const { told } = language(tag, file);
  const templates = Object.entries(file.messages).filter(([text]) => text.includes("{0}"));

  test("every message is turned, whatever it is about: no other template takes it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.array(value, { minLength: 6, maxLength: 6 }),
        ([text, translation], values) => {
          expect(told(filled(text, values))).toBe(filler(translation)(values));
        },
      ),
      { numRuns: templates.length * 4 },
    );
  });

  test("no two templates are alike but for their holes' numbers", () => {
    const shapes = templates.map(([text]) => text.replace(/\{\d+\}/g, "{}"));
    expect(shapes.filter((shape, index) => shapes.indexOf(shape) !== index)).toEqual([]);
  });

  test("what nobody translated stays as it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]{3,9} [A-Z][a-z]{3,9} Ltd$/), (name) => {
        expect(told(name)).toBe(name);
      }),
    );
  });

  test("a text is held against a fifth of the templates at most, on average", () => {
    const find = finder(file.messages);
    const tried = templates.map(
      ([text]) =>
        find(filled(text, ["Customer/customer-1", "7", "`monthly`", "Contoso Ltd", "a", "b"]))
          .length,
    );
    expect(tried.reduce((sum, one) => sum + one, 0) / tried.length).toBeLessThan(
      templates.length / 5,
    );
  });

  test("a text that was made to be slow takes ten times the work where it is ten times as long", () => {
    const hostile = (times: number) =>
      ["{0} of ", "a: ", "x; ", " or ", "must be ", "it has ", "list of ", "\n", "`"].map((piece) =>
        piece.repeat(times),
      );
    for (const [index, text] of hostile(2_500).entries()) {
      const [short, long] = [
        searched(() => told(text)),
        searched(() => told(hostile(25_000)[index] ?? "")),
      ];
      expect(short).toBeGreaterThan(0);
      expect(long, text.slice(0, 9)).toBeLessThan(11 * short);
    }
  });
});

test("of templates that match, the one that says most is meant", () => {
  const told = teller({ "{0} is {1}": "{0}是{1}", "{0} is not in {1}": "{1}里没有{0}" }, {});
  expect(told("A is not in B")).toBe("B 里没有 A");
});

test("what stands in a hole is turned too, but not what stands in quotes there", () => {
  const told = teller(
    {
      nothing: "无",
      "made of {0}": "由{0}制成",
      "called `{0}`": "名为 `{0}`",
      "{0} has failed": "{0}失败",
    },
    {},
  );
  expect(told("made of nothing has failed")).toBe("由无制成失败");
  expect(told("called `nothing`")).toBe("名为 `nothing`");
});

test("lines, lists and what a text is about are taken apart; somebody's own words are not", () => {
  const told = teller(
    { a: "甲", "no file {0}": "没有文件 {0}" },
    { "; ": "；", ", ": "、", " or ": "或", "{0}: {1}": "{0}：{1}", "{0}.": "{0}。" },
  );
  expect(told("a\nno file x; a")).toBe("甲\n没有文件 x；甲");
  expect(told("No file x.\nA.")).toBe("没有文件 x。\n甲。");
  const reasons = teller(
    {
      "it needs {0}: {1}": "需要 {0}：{1}",
      "{0} a month is over {1}": "每月 {0}，超过 {1}",
      a: "甲",
    },
    { "; ": "；" },
  );
  expect(
    teller(
      { "Error: {0}": "错误：{0}", "{0} {1}: expected {2}": "{0} {1}：应为 {2}" },
      {},
    )("Error: --port x: expected 1"),
  ).toBe("错误：--port x：应为 1");
  expect(reasons("a: 5 a month is over 4")).toBe("甲: 每月 5，超过 4");
  expect(reasons("it needs 2: a; 5 a month is over 4; a")).toBe("需要 2：甲；每月 5，超过 4；甲");
  expect(told("`x` or `y`")).toBe("`x`或`y`");
  expect(told("plan.json: no file y")).toBe("plan.json：没有文件 y");
  expect(told("a: E1")).toBe("甲：E1");
  expect(told("No file z.")).toBe("没有文件 z。");
  expect(told("Trick or Treat Ltd, Shanghai")).toBe("Trick or Treat Ltd, Shanghai");
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

function filled(text: string, values: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (_, index) => values[Number(index)] ?? "");
}
