import { say, template } from "../model/say.ts";

/** Turns the English of the source into the reader's language. Codes, addresses and keys stay as they are in every language. */
export interface Language {
  /** BCP 47: `en`, `zh-CN`. */
  readonly tag: string;
  /** The tagged text in this language: language.say`${count} of ${all}`. */
  say(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string;
  /** A finished English text, a diagnostic's message for one, in this language; as it is where the language file lacks it. */
  told(english: string): string;
}

/** The language of the source, which needs no file. */
export const english: Language = { tag: "en", say, told: (text) => text };

/** The language that a file of texts gives: each English text, its values numbered as `{0}`, with its translation. */
export function language(tag: string, texts: Readonly<Record<string, string>>): Language {
  const patterns = Object.keys(texts).filter((key) => key.includes("{0}")).map((key) => ({ key, pattern: pattern(key) }));
  const told = (text: string): string => {
    if (Object.hasOwn(texts, text)) return texts[text] ?? text;
    for (const { key, pattern } of patterns) {
      const match = pattern.exec(text);
      if (match !== null) return filled(texts[key] ?? key, match.slice(1).map(told));
    }
    return text;
  };
  return { tag, told, say: (strings, ...values) => filled(texts[template(strings)] ?? template(strings), values) };
}

function pattern(key: string): RegExp {
  const literal = key.split(/\{\d+\}/u).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&"));
  return new RegExp(`^${literal.join("(.+?)")}$`, "su");
}

function filled(text: string, values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/gu, (whole, index) => String(values[Number(index)] ?? whole));
}
