import type { PluralForms } from "./plurals.ts";

/** Translations by English text, with placeholders: `{0} of {1}`. */
export type Texts = Readonly<Record<string, string>>;

/**
 * A language file: translations by English text, with values numbered as `{0}`, grouped by origin.
 */
export interface LanguageFile {
  /** Texts of reports, tagged `language.say`. */
  readonly report: Texts;
  /** Messages that are formatted on display, tagged `say`. */
  readonly messages: Texts;
  /** Help texts of commands, arguments and options. */
  readonly help: Texts;
  /** Descriptions in the schemas. */
  readonly schemas: Texts;
  /** Numbers with their nouns, by noun and the language's plural category. */
  readonly plurals: Readonly<Record<string, PluralForms>>;
}
