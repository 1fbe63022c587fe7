import { say, template } from "../../model/text/say.ts";
import { filler } from "./fill.ts";
import type { Texts } from "./templates.ts";
import { teller } from "./told.ts";

/** Translates the source's English texts. Codes, addresses and keys are never translated. */
export interface Language {
  /** BCP 47: `en`, `zh-CN`. */
  readonly tag: string;
  /** Translates a tagged text: language.say`${count} of ${all}`. */
  say(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string;
  /**
   * Translates a complete English text, such as a diagnostic's message. Text without a translation
   * is returned unchanged.
   */
  told(english: string): string;
}

/**
 * A language file: translations by English text, with values numbered as `{0}`, grouped by origin.
 */
export interface LanguageFile {
  /** Texts of reports, tagged `language.say`. */
  readonly report: Texts;
  /** Messages created in English and translated on display, tagged `say`. */
  readonly messages: Texts;
  /** Help texts of commands, arguments and options. */
  readonly help: Texts;
  /** Descriptions in the schemas. */
  readonly schemas: Texts;
}

/** English, the source's language; it needs no file. */
export const english: Language = { tag: "en", say, told: (text) => text };

/** The style's language. Default: English. */
export function languageOf(style: { readonly language?: Language }): Language {
  return style.language ?? english;
}

/** Creates a language from the texts of its file. */
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
