import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { say, type Wording } from "../../src/model/text/phrase.ts";
import { formerKeysIn, personalTexts, quoter } from "../../src/model/text/quotes.ts";
import { stepsOf } from "../steps.ts";

const find = (texts: readonly string[], ...words: readonly (Wording | undefined)[]) =>
  quoter(() => texts)(...words).quotes ?? [];

describe("what words quote of somebody's data", () => {
  test.each([
    [["li.wei@x.cn"], "There is li.wei@x.cn already.", ["li.wei@x.cn"]],
    [["李伟"], "用户李伟已存在", ["李伟"]],
    [["Li Wei"], "both go by `Li Wei`.", ["Li Wei"]],
    [["Li", "Wei"], "Listed: Weiwei", []],
    [["Mark"], "Markdown, Mark.", ["Mark"]],
    [["li-wei"], "User/li-wei and User/li-wei#1", []],
    [["CN", "BJ"], "zh-CN of BJ", []],
    [["李"], "李先生", []],
    [["100080"], "is 100080, not 1000800", ["100080"]],
    [["ab", "abc", "abcdé"], "abcdé", ["abcdé"]],
    [[], "anything", []],
    [["anything"], "", []],
  ])("%j in %j: %j", (texts, words, found) => {
    expect(find(texts, words)).toEqual(found);
  });

  test("are found in all of them, each once, in order; where there is no word, nobody is asked for texts", () => {
    expect(
      find(["beta@x.cn", "alpha@x.cn"], "of beta@x.cn", undefined, "alpha@x.cn, beta@x.cn"),
    ).toEqual(["alpha@x.cn", "beta@x.cn"]);
    expect(
      quoter(() => {
        throw new Error("asked");
      })(undefined, ""),
    ).toEqual({});
  });

  test("are looked for in the values of a phrase, at any depth, and never in its template", () => {
    const owner = say`owned by ${{ all: ["li.wei@x.cn", say`the ${"Fang"} of ${3}`] }}`;
    const text = say`Plan again: ${"Customer/a"} is ${owner}, ${{ count: 2, noun: "change" }}`;
    expect(find(["Plan", "Fang", "li.wei@x.cn", "again", "changes"], text)).toEqual([
      "Fang",
      "li.wei@x.cn",
    ]);
  });

  test("are found wherever they stand, whatever stands around", () => {
    const text = fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.[a-z]{2,3}$/);
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 20 }),
        fc.string(),
        fc.string(),
        fc.nat(),
        (texts, before, after, index) => {
          const one = texts[index % texts.length] ?? "";
          expect(find(texts, `${before}${one}${after}`)).toContain(one);
        },
      ),
    );
  });

  test("are found in as many steps, however many texts there are", async () => {
    const steps = (count: number) => {
      const texts = Array.from({ length: count }, (_, index) => `person${index}@contoso.example`);
      const quotes = quoter(() => texts);
      quotes("once");
      return stepsOf(() => {
        for (let index = 1_000; index < 2_000; index++)
          expect(
            quotes(`There is already a user person${index}@contoso.example here.`).quotes?.length,
          ).toBe(1);
      });
    };
    const [few, many] = [await steps(5_000), await steps(50_000)];
    expect(few).toBeGreaterThan(0);
    expect(many).toBeLessThan(1.2 * few);
  });
});

test("a spec's texts are those of its personal fields, and e-mail addresses in small letters too", () => {
  const spec = {
    mail: "Li@X.cn",
    recovery: { phones: ["123", 456], none: true },
    other: "Beijing",
  };
  expect([...personalTexts(spec, ["/mail", "/recovery", "/missing"])]).toEqual([
    "Li@X.cn",
    "li@x.cn",
    "123",
    "456",
  ]);
  expect([...formerKeysIn(["li-wei", "Li@X.cn"])]).toEqual(["Li@X.cn", "li@x.cn"]);
  expect([...formerKeysIn(undefined)]).toEqual([]);
});
