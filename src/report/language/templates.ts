import { filler } from "./fill.ts";

/** Texts with holes by their English: `{0} of {1}` with its translation. */
export type Texts = Readonly<Record<string, string>>;

/** A text with holes, taken apart, and its translation. */
export interface Template {
  /** What stands before, between and after the holes. */
  readonly literals: readonly string[];
  /** Which value each hole takes. */
  readonly holes: readonly number[];
  /** Values that stand in quotes are somebody's own words. */
  readonly quoted: readonly boolean[];
  readonly fill: (values: readonly string[]) => string;
  /** How many characters are the template's own: of all that match, the longest is meant. */
  readonly length: number;
}

const reach = 4;

/** The templates that may match, the longest first: by how they begin, else by how they end; few begin and end with holes. */
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
    [...(starts.get(text.slice(0, reach)) ?? []), ...(ends.get(text.slice(-reach)) ?? []), ...others].sort(
      (one, other) => other.length - one.length,
    );
}

function put(into: Map<string, Template[]>, key: string, template: Template): void {
  const there = into.get(key);
  if (there === undefined) into.set(key, [template]);
  else there.push(template);
}

/** The values in the holes, each as short as it can be and none empty; undefined where the text is not of this template. */
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
