// Documents are plain JSON: texts in English, and beside them what they were made from.
import { english, type Phrase, type Wording } from "./phrase.ts";

/** What the texts of an object were made from, by field; a list has null for what is no phrase. */
export type TextValues = Readonly<Record<string, Phrase | readonly (Phrase | null)[]>>;

/** An object with texts in English. `values` lets other languages format them. */
export interface Worded {
  readonly values?: TextValues;
}

type Fields = Readonly<Record<string, unknown>>;

/** An object as it is recorded: each phrase in it has become English. */
export type RecordedTexts<T> = {
  [field in keyof T]: Extract<T[field], Phrase> extends never
    ? T[field] extends readonly (infer One)[] | undefined
      ? Extract<One, Phrase> extends never
        ? T[field]
        : readonly string[] | Extract<T[field], undefined>
      : T[field]
    : Exclude<T[field], Phrase> | string;
} & Worded;

/**
 * Records an object: its phrases, and those in its lists, become English, and `values` keeps what
 * those with values were made from. Fields that are undefined are left out.
 */
export function record<T extends object>(draft: T): RecordedTexts<T> {
  const fields: Record<string, unknown> = {};
  const values: Record<string, unknown> = { ...(draft as Worded).values };
  for (const [field, value] of Object.entries(draft)) {
    if (value === undefined || field === "values") continue;
    const kept = Array.isArray(value) ? listOrigin(value) : origin(value);
    fields[field] = Array.isArray(value) ? value.map(inEnglish) : inEnglish(value);
    if (kept !== null) values[field] = kept;
  }
  const origins = Object.keys(values).length > 0 ? { values } : {};
  // Only phrases were replaced, which the type says.
  return { ...fields, ...origins } as RecordedTexts<T>;
}

/** A recorded text for display: what it was made from, if that is known and says the same. */
export function textOf(recorded: Worded, field: string): Wording {
  return said((recorded as Fields)[field], recorded.values?.[field]);
}

/** The texts of a recorded list, as `textOf`. */
export function textsOf(recorded: Worded, field: string): readonly Wording[] {
  const [texts, origins] = [(recorded as Fields)[field], recorded.values?.[field]];
  if (!Array.isArray(texts)) return [];
  return texts.map((one, place) => said(one, Array.isArray(origins) ? origins[place] : undefined));
}

function said(text: unknown, kept: unknown): Wording {
  const words = String(text ?? "");
  return isPhrase(kept) && english(kept) === words ? kept : words;
}

function origin(value: unknown): Phrase | null {
  return isPhrase(value) && value.values.length > 0
    ? { template: value.template, values: value.values }
    : null;
}

function listOrigin(values: readonly unknown[]): readonly (Phrase | null)[] | null {
  const origins = values.map(origin);
  return origins.some((one) => one !== null) ? origins : null;
}

function inEnglish(value: unknown): unknown {
  return isPhrase(value) ? english(value) : value;
}

function isPhrase(value: unknown): value is Phrase {
  const { template, values } = { ...(value as Partial<Phrase> | null) };
  return typeof template === "string" && Array.isArray(values);
}
