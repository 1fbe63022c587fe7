import { filler } from "./fill.ts";

/** Translations by English text, with placeholders: `{0} of {1}`. */
export type Texts = Readonly<Record<string, string>>;

/** A parsed text with placeholders, and its translation. */
export interface Template {
  /** The text before, between and after the placeholders. */
  readonly literals: readonly string[];
  /** The index of the value in each placeholder. */
  readonly holes: readonly number[];
  /** Whether each value is in quotes; quoted values are user data and are not translated. */
  readonly quoted: readonly boolean[];
  readonly fill: (values: readonly string[]) => string;
  /** Number of literal characters. If several templates match, the longest one applies. */
  readonly length: number;
}

const reach = 4;

/**
 * Returns a function that finds the templates that can match a text, longest first. Templates are
 * indexed by their first or last characters.
 */
export function finder(texts: Texts): (text: string) => readonly Template[] {
  const longest = Object.entries(texts)
    .filter(([text]) => /\{\d+\}/u.test(text))
    .map(([text, translation]) => templateOf(text, translation))
    .sort((one, other) => other.length - one.length);
  const starts = new Map<string, Template[]>();
  const ends = new Map<string, Template[]>();
  const others: Template[] = [];
  for (const template of longest) {
    const [first = "", last = ""] = [template.literals[0], template.literals.at(-1)];
    if (first.length >= reach) put(starts, first.slice(0, reach), template);
    else if (last.length >= reach) put(ends, last.slice(-reach), template);
    else others.push(template);
  }
  return (text) =>
    [
      ...(starts.get(text.slice(0, reach)) ?? []),
      ...(ends.get(text.slice(-reach)) ?? []),
      ...others,
    ].sort((one, other) => other.length - one.length);
}

function put(into: Map<string, Template[]>, key: string, template: Template): void {
  const there = into.get(key);
  if (there === undefined) into.set(key, [template]);
  else there.push(template);
}

/**
 * Extracts the values of the placeholders, each as short as possible and not empty. Undefined if
 * the text does not match.
 */
export function match({ literals }: Template, text: string): readonly string[] | undefined {
  const [first = "", last = ""] = [literals[0], literals.at(-1)];
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end <= first.length) return undefined;
  const values: string[] = [];
  let from = first.length;
  for (const literal of literals.slice(1, -1)) {
    const at = text.indexOf(literal, from + 1);
    if (at < 0 || at + literal.length >= end) return undefined;
    values.push(text.slice(from, at));
    from = at + literal.length;
  }
  return [...values, text.slice(from, end)];
}

function templateOf(key: string, translation: string): Template {
  const literals = key.split(/\{\d+\}/u);
  return {
    literals,
    holes: [...key.matchAll(/\{(\d+)\}/gu)].map(([, hole]) => Number(hole)),
    quoted: literals.slice(0, -1).map((literal) => /["“`'‘&]$/u.test(literal)),
    fill: filler(translation),
    length: literals.join("").length,
  };
}
