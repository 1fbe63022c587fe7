import { type Noun, nouns } from "../../model/text/nouns.ts";
import { joints, type Phrase, type PhraseList, type PhraseValue } from "../../model/text/phrase.ts";
import { filler } from "./fill.ts";
import type { LanguageFile } from "./language-file.ts";
import { pluralizer } from "./plurals.ts";

/** Formats phrases, numbers and counted nouns in one language. */
export interface Formatter {
  /** A complete text of the language file, translated. Any other is returned unchanged. */
  text(text: string): string;
  phrase(phrase: Phrase): string;
  count(value: number, noun: Noun): string;
  number(value: number | string): string;
}

/** Creates a language's formatter. Its objects of `Intl` are made when they are first needed. */
export function formatter(tag: string, file: LanguageFile): Formatter {
  const whole = once(() => new Intl.NumberFormat(tag, { useGrouping: false }));
  const grouped = once(() => numbersOf(tag));
  const plural = once(() => pluralizer(tag));
  const lists = listsOf(tag);
  const number = (value: number | string): string => grouped()(value);
  const count = (value: number, noun: Noun): string => {
    const forms = own(file.plurals, noun) ?? { one: noun, other: nouns[noun] };
    const form = plural()(value, forms);
    return filler(form.includes("{0}") ? form : `{0} ${form}`)([number(value)]);
  };
  const groups = [file.messages, file.report, file.help, file.schemas];
  const text = (key: string): string =>
    groups.map((texts) => own(texts, key)).find((found) => found !== undefined) ?? key;
  const formatValue = (value: PhraseValue): string => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return whole().format(value);
    if ("template" in value) return phrase(value);
    if ("noun" in value) return count(value.count, value.noun);
    if (value.sentences) return value.sentences.map(formatValue).join(text(joints.sentences));
    return lists(value, formatValue);
  };
  const phrase = ({ template, values }: Phrase): string => {
    const told = values.map((value, place) =>
      typeof value === "string" && isQuoted(template, place) ? value : formatValue(value),
    );
    return filler(text(template))(told);
  };
  return { text, phrase, count, number };
}

function own<T>(texts: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

/** Whether a value is in quotes: it is somebody's, and no text of this program. */
function isQuoted(template: string, place: number): boolean {
  return ['"', "“", "`", "'", "‘"].some((quote) => template.includes(`${quote}{${place}}`));
}

/** Numbers are given as decimal text where they are money: all their digits are kept. */
function numbersOf(tag: string): (value: number | string) => string {
  const formats = new Map<number, Intl.NumberFormat>();
  return (value) => {
    const [text, decimals = ""] = /^-?\d+(?:\.(\d+))?$/.exec(String(value)) ?? [];
    if (text === undefined) return String(value);
    const digits = decimals.length;
    const format =
      formats.get(digits) ??
      new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
    return format.format(text as Intl.StringNumericLiteral);
  };
}

const styles = {
  all: { type: "conjunction", style: "long" },
  either: { type: "disjunction", style: "long" },
  list: { type: "conjunction", style: "narrow" },
} as const;

function listsOf(
  tag: string,
): (items: PhraseList, format: (value: PhraseValue) => string) => string {
  const formats = {
    all: once(() => new Intl.ListFormat(tag, styles.all)),
    either: once(() => new Intl.ListFormat(tag, styles.either)),
    list: once(() => new Intl.ListFormat(tag, styles.list)),
  };
  return (items, format) => {
    const how = items.all ? "all" : items.either ? "either" : "list";
    return formats[how]().format((items[how] ?? []).map(format));
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
