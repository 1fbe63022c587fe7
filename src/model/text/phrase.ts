// What is said to people: a template with its values. Each language formats it when it is shown.
import { type Noun, nouns } from "./nouns.ts";

/** A text with values: a template with numbered places (`{0} of {1}`), and what stands there. */
export interface Phrase {
  readonly template: string;
  readonly values: readonly PhraseValue[];
}

/** What stands in a place of a template: a name, data, a number, or another text. */
export type PhraseValue = string | number | Phrase | PhraseList | CountedNoun;

/** Several values, by how they are joined. */
export interface PhraseList {
  /** a, b and c */
  readonly all?: readonly PhraseValue[];
  /** a, b or c */
  readonly either?: readonly PhraseValue[];
  /** a, b, c */
  readonly list?: readonly PhraseValue[];
  /** a; b; c */
  readonly sentences?: readonly PhraseValue[];
}

/** A number with its noun, in the plural form that the language has for the number. */
export interface CountedNoun {
  readonly count: number;
  readonly noun: Noun;
}

/** A text for people. A string comes from elsewhere (a service, a module) and is shown as it is. */
export type Wording = Phrase | string;

/** What a phrase is in a template literal or a list that is joined: its English. */
const readable = {
  toString(this: Phrase): string {
    return english(this);
  },
};

/** How texts are joined that no template joins. Each language translates these too. */
export const joints = { sentences: "; ", labelled: "{0}: {1}" } as const;

/** Marks an English text without values for translation. It is its own template: a string. */
export function say(strings: TemplateStringsArray): string;
/** Marks an English text for people as one that every language file must translate. */
export function say(
  strings: TemplateStringsArray,
  ...values: readonly [PhraseValue, ...PhraseValue[]]
): Phrase;
/** The implementation of both. */
export function say(strings: TemplateStringsArray, ...values: readonly PhraseValue[]): Wording {
  const key = template(strings);
  if (values.length === 0) return key;
  return phrase(key, values);
}

/** Returns the key of a tagged text in a language file, with numbered values: `{0} of {1}`. */
export function template(strings: TemplateStringsArray): string {
  return strings.reduce(
    (all, part, index) => (index === 0 ? part : `${all}{${index - 1}}${part}`),
    "",
  );
}

/** The English text, as it is recorded. */
export function english(text: Wording): string {
  return typeof text === "string"
    ? text
    : text.template.replace(/\{(\d+)\}(\.?)/gu, (_, place, stop) =>
        beforeStop(inEnglish(text.values[Number(place)] ?? ""), stop),
      );
}

/** A value and the full stop after it. One that has its own, as a service's sentence, gets none. */
export function beforeStop(value: string, stop: string): string {
  return stop === "" ? value : value.replace(/[.。]$/u, "") + stop;
}

function inEnglish(value: PhraseValue): string {
  if (typeof value !== "object") return String(value);
  if ("template" in value) return english(value);
  if ("noun" in value) return amountInEnglish(value);
  const { all, either, list = [], sentences: texts } = value;
  if (texts) return texts.map(inEnglish).join(joints.sentences);
  const items = (all ?? either ?? list).map(inEnglish);
  if (items.length < 2) return items.join("");
  const last = all ? " and " : either ? " or " : ", ";
  return `${items.slice(0, -1).join(", ")}${last}${items.at(-1)}`;
}

function amountInEnglish({ count, noun }: CountedNoun): string {
  return `${groupedNumber(count)} ${count === 1 ? noun : nouns[noun]}`;
}

/** An English number with separators: 12345.5 is "12,345.5". Other texts are returned unchanged. */
export function groupedNumber(value: number | string): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(\.\d+)?$/.exec(String(value)) ?? [];
  if (whole === undefined) return String(value);
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest ?? ""}`;
}

/** Several texts as one: "a; b". Undefined if there are none. */
export function sentences(texts: readonly Wording[]): Wording | undefined {
  return texts.length < 2 ? texts[0] : phrase("{0}", [{ sentences: texts }]);
}

/** Puts a label before a text: "label: text". */
export function labelText(label: Wording, text: Wording): Phrase {
  return phrase(joints.labelled, [label, text]);
}

function phrase(key: string, values: readonly PhraseValue[]): Phrase {
  return Object.assign(Object.create(readable) as object, { template: key, values });
}
