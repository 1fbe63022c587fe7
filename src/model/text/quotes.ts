import { isSpec, type Json, type Spec } from "../values/json.ts";
import { type Pointer, valueAt } from "../values/pointer.ts";
import type { Worded } from "./recorded.ts";
import type { PhraseValue, Wording } from "./phrase.ts";

/**
 * A text for people. `quotes` are the parts of it that are personal data; they are masked in shared
 * output.
 */
export interface Quoting extends Worded {
  readonly quotes?: readonly string[];
}

/** Finds the personal data in some texts. */
export type FindQuotes = (...texts: readonly (Wording | undefined)[]) => Quoting;

/** Yields every text and number in a value, including those in lists and mappings, as text. */
export function* textsIn(value: Json | undefined): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "number") yield String(value);
  else if (Array.isArray(value) || isSpec(value))
    for (const one of Object.values(value)) yield* textsIn(one);
}

/**
 * Yields the personal data of a spec. Yields e-mail addresses in lower case too, as natural keys
 * contain them.
 */
export function* personalTexts(spec: Spec, personal: readonly Pointer[]): Generator<string> {
  for (const pointer of personal)
    for (const text of textsIn(valueAt(spec, pointer))) yield* spellings(text);
}

/**
 * Yields the former names and keys that are personal data: those that contain an e-mail address.
 */
export function* formerKeysIn(previously: Json | undefined): Generator<string> {
  for (const text of textsIn(previously)) if (text.includes("@")) yield* spellings(text);
}

function* spellings(text: string): Generator<string> {
  yield text;
  if (text.includes("@")) yield text.toLowerCase();
}

/**
 * Returns a function that finds which of these texts occur in its arguments: in the values of a
 * phrase, or in a string, which may be a backend's. `texts` is called once, at the first use. The
 * number of texts hardly affects the time of a search.
 */
export function quoter(texts: () => Iterable<string>): FindQuotes {
  let known: Index | undefined;
  return (...given) => {
    const written = given.flatMap((one) => (one === undefined ? [] : wordsIn(one)));
    if (written.length === 0) return {};
    known ??= indexed(texts());
    const found = new Set<string>();
    for (const one of written) for (const text of quotedIn(one, known)) found.add(text);
    return found.size === 0 ? {} : { quotes: [...found].sort() };
  };
}

/** The words of a text that can be somebody's. */
function wordsIn(text: PhraseValue): readonly string[] {
  if (typeof text === "string") return text === "" ? [] : [text];
  if (typeof text === "number" || "noun" in text) return [];
  if ("template" in text) return text.values.flatMap(wordsIn);
  return Object.values<readonly PhraseValue[]>({ ...text }).flatMap((one) => one.flatMap(wordsIn));
}

interface Index {
  readonly texts: ReadonlySet<string>;
  /** The lengths of the texts, by their first two characters. */
  readonly lengths: ReadonlyMap<string, ReadonlySet<number>>;
}

function indexed(all: Iterable<string>): Index {
  const texts = new Set<string>();
  const lengths = new Map<string, Set<number>>();
  for (const text of all) {
    if (texts.has(text) || text.length < 2 || isCode(text)) continue;
    texts.add(text);
    const own = lengths.get(text.slice(0, 2));
    if (own) own.add(text.length);
    else lengths.set(text.slice(0, 2), new Set([text.length]));
  }
  return { texts, lengths };
}

/** Two ASCII characters identify nobody and occur in too many words. */
function isCode(text: string): boolean {
  return text.length === 2 && /^[\x20-\x7e]*$/.test(text);
}

function* quotedIn(words: string, { texts, lengths }: Index): Generator<string> {
  for (let at = 0; at < words.length - 1; at++) {
    for (const length of lengths.get(words.slice(at, at + 2)) ?? []) {
      const text = words.slice(at, at + length);
      if (texts.has(text) && stands(words, at, at + length)) yield text;
    }
  }
}

/**
 * Returns true if a range is not part of a longer word or of an address. Non-ASCII text always
 * counts, since Chinese has no spaces; so does an e-mail address, which never matches by chance.
 */
function stands(words: string, from: number, to: number): boolean {
  const text = words.slice(from, to);
  if (text.includes("@") || /[^\x20-\x7e]/.test(text)) return true;
  return !/[\w/]/.test(words.charAt(from - 1)) && !/\w/.test(words.charAt(to));
}
