/** A value in a filter or of a property. */
export type Scalar = string | number | boolean | null;

/** The properties of an object of the directory. */
export type Properties = Readonly<Record<string, unknown>>;

/** A word or sign of a filter; `value` is set if it is a literal. */
export interface FilterToken {
  readonly text?: string;
  readonly value?: Scalar;
}

const pattern =
  /\s*(?:'((?:[^']|'')*)'|([(),])|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)|(-?\d+(?:\.\d+)?)|([A-Za-z][\w/@.-]*)|(\S))/y;
const words: Readonly<Record<string, Scalar>> = { true: true, false: false, null: null };

/** The words and signs of a filter, in order. */
export function* tokensOf(filter: string): Generator<FilterToken> {
  const text = filter.trimEnd();
  pattern.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return;
    at = pattern.lastIndex;
    const [, quoted, sign, moment, number, word, other] = found;
    if (quoted !== undefined) yield { value: quoted.replaceAll("''", "'") };
    else if (moment !== undefined) yield { value: moment };
    else if (number !== undefined) yield { value: Number(number) };
    else if (word !== undefined && Object.hasOwn(words, word)) yield { value: words[word] ?? null };
    else yield { text: sign ?? word ?? other ?? "" };
  }
}

/** The value of a property, whose name may be a path such as `initiatedBy/user/id`. */
export function propertyOf(properties: Properties, path: string): Scalar {
  let value: unknown = properties;
  for (const name of path.split("/"))
    value = Object.hasOwn(Object(value), name) ? Object(value)[name] : undefined;
  return ["string", "number", "boolean"].includes(typeof value) ? (value as Scalar) : null;
}
