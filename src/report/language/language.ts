import { say, template } from "../../model/text/say.ts";
import { filler } from "./fill.ts";
import type { Texts } from "./templates.ts";
import { teller } from "./told.ts";

/** Turns the English of the source into the reader's language. Codes, addresses and keys stay as they are in every language. */
export interface Language {
  /** BCP 47: `en`, `zh-CN`. */
  readonly tag: string;
  /** The tagged text in this language: language.say`${count} of ${all}`. */
  say(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string;
  /** A finished English text, a diagnostic's message for one, in this language; as it is where the language file lacks it. */
  told(english: string): string;
}

/** What a language file holds: each English text, its values numbered as `{0}`, with its translation; by where it comes from. */
export interface LanguageFile {
  /** What reports are made of: tagged `language.say`. */
  readonly report: Texts;
  /** Messages, made in English and turned when they are shown: tagged `say`. */
  readonly messages: Texts;
  /** What help says of commands, arguments and options. */
  readonly help: Texts;
  /** The descriptions in the schemas. */
  readonly schemas: Texts;
}

/** The language of the source, which needs no file. */
export const english: Language = { tag: "en", say, told: (text) => text };

/** The language of whoever reads this: English unless the style says otherwise. */
export function languageOf(style: { readonly language?: Language }): Language {
  return style.language ?? english;
}

/** The language that a file of texts gives. */
export function language(tag: string, { report, messages, help, schemas }: LanguageFile): Language {
  const fills = new WeakMap<TemplateStringsArray, ReturnType<typeof filler>>();
  const fill = (strings: TemplateStringsArray): ReturnType<typeof filler> => {
    const known = fills.get(strings) ?? filler(report[template(strings)] ?? template(strings));
    fills.set(strings, known);
    return known;
  };
  return {
    tag,
    told: teller({ ...schemas, ...help, ...messages }, report),
    say: (strings, ...values) => fill(strings)(values),
  };
}
