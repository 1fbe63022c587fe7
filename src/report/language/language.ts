import {
  english as inEnglish,
  groupedNumber,
  type Wording,
  template,
} from "../../model/text/phrase.ts";
import type { Noun } from "../../model/text/nouns.ts";
import { filler } from "./fill.ts";
import { formatter } from "./format-phrase.ts";
import type { LanguageFile } from "./language-file.ts";

/** Translates the source's English texts. Codes, addresses and keys are never translated. */
export interface Language {
  /** BCP 47: `en`, `zh-CN`. */
  readonly tag: string;
  /** Translates a tagged text: language.say`${count} of ${all}`. */
  say(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string;
  /**
   * Formats a phrase with its values. A string is translated if it is a complete text of a language
   * file, such as the help of a command; any other is returned unchanged.
   */
  told(text: Wording): string;
  /** A number with its noun: "1 change", "1,200 changes". */
  count(value: number, noun: Noun): string;
  /** A number with separators. Other texts are returned unchanged. */
  number(value: number | string): string;
}

/** English, the source's language; it needs no file. */
export const english: Language = {
  tag: "en",
  say: (strings, ...values) => String.raw({ raw: strings }, ...values),
  told: inEnglish,
  count: (count, noun) => inEnglish({ template: "{0}", values: [{ count, noun }] }),
  number: groupedNumber,
};

/** The style's language. Default: English. */
export function languageOf(style: { readonly language?: Language }): Language {
  return style.language ?? english;
}

/** Creates a language from the texts of its file. */
export function language(tag: string, file: LanguageFile): Language {
  const { report } = file;
  const fills = new WeakMap<TemplateStringsArray, ReturnType<typeof filler>>();
  const fill = (strings: TemplateStringsArray): ReturnType<typeof filler> => {
    const known = fills.get(strings) ?? filler(report[template(strings)] ?? template(strings));
    fills.set(strings, known);
    return known;
  };
  const { text, phrase, count, number } = formatter(tag, file);
  return {
    tag,
    told: (wording) => (typeof wording === "string" ? text(wording) : phrase(wording)),
    say: (strings, ...values) => fill(strings)(values),
    count,
    number,
  };
}
