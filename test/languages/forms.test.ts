import { expect, test } from "vitest";
import { nouns } from "../../src/model/text/nouns.ts";
import { say } from "../../src/model/text/phrase.ts";
import { language } from "../../src/report/language/language.ts";
import type { LanguageFile } from "../../src/report/language/language-file.ts";
import { languageFiles } from "./texts.ts";

const empty: LanguageFile = { report: {}, messages: {}, help: {}, schemas: {}, plurals: {} };

/** A language with three forms, and a fourth for what is not whole. */
const polish = language("pl", {
  ...empty,
  messages: {
    "{0} would be left.": "Zostałoby: {0}.",
    "It is {0} or {1}.": "Jest to {1} albo {0}.",
    "a {0} month": "miesiąc {0}",
    "It takes {0}.": "Przyjmuje {0}.",
  },
  plurals: {
    seat: { one: "{0} miejsce", few: "{0} miejsca", many: "{0} miejsc", other: "{0} miejsca" },
  },
});

const counts: readonly (readonly [number, string])[] = [
  [1, "1 miejsce"],
  [2, "2 miejsca"],
  [5, "5 miejsc"],
  [12, "12 miejsc"],
  [22, "22 miejsca"],
  [12_345, "12 345 miejsc"],
  [1.5, "1,5 miejsca"],
];

test.each(counts)("%s has the form that a language of three forms has for it", (count, told) => {
  const plain = (text: string) => text.replaceAll(/\s/gu, " ");
  expect(plain(polish.count(count, "seat"))).toBe(told);
  expect(plain(polish.told(say`${{ count, noun: "seat" }} would be left.`))).toBe(
    `Zostałoby: ${told}.`,
  );
});

test("values move to where the language puts them, and texts among them are translated", () => {
  expect(polish.told(say`It is ${say`a ${"User/a"} month`} or ${"b"}.`)).toBe(
    "Jest to b albo miesiąc User/a.",
  );
});

test("a name in quotes that is also a text of the program stays what it is", () => {
  const texts = { month: "Monat", "a {0}": "ein {0}", "called `{0}`": "`{0}` genannt" };
  const other = language("de", { ...empty, messages: texts });
  expect(other.told(say`a ${say`month`}`)).toBe("ein Monat");
  expect(other.told(say`called \`${"month"}\``)).toBe("`month` genannt");
  expect(other.told(say`a ${"constructor"}`)).toBe("ein constructor");
});

test("lists are joined as the language joins them", () => {
  const items = ["a", "b", "c"];
  expect(polish.told(say`It takes ${{ either: items }}.`)).toBe("Przyjmuje a, b lub c.");
  expect(polish.told(say`It takes ${{ all: items }}.`)).toBe("Przyjmuje a, b i c.");
});

test.each(languageFiles())("languages/%s.json has every form of every noun", (tag, file) => {
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
  expect(Object.keys(file.plurals)).toEqual(Object.keys(nouns).sort());
  for (const forms of Object.values(file.plurals))
    expect(Object.keys(forms).sort()).toEqual([...pluralCategories].sort());
});
