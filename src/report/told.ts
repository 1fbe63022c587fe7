/** Texts with holes by their English: `{0} of {1}` with its translation. */
export type Texts = Readonly<Record<string, string>>;

interface Template {
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

/** What texts are put together with where no template says so, in the order in which they are taken apart. */
export const joiners = ["; ", ", or ", " or ", " and ", ", "] as const;
/** How a text is ended, and put after what it is about. */
export const frames = { sentence: "{0}.", labelled: "{0}: {1}" } as const;

/** Texts stand in texts at most this deep. */
const deepest = 6;

/** Texts longer than this are no lists of texts. */
const longestList = 2000;

/**
 * Turns finished English texts into the language of these, what stands in a hole too, and texts that were put together: lines, lists, `path: message`.
 * What is no text of these stays as it is. It takes time with the text's length, hardly with the number of texts.
 */
export function teller(texts: Texts, joined: Texts): (english: string) => string {
  const exact = new Map(Object.entries(texts));
  const templates = finder(
    Object.keys(texts)
      .filter((key) => /\{\d+\}/u.test(key))
      .map((key) => templateOf(key, texts[key] ?? key)),
  );
  const told = (text: string, depth: number): string => {
    if (depth > deepest) return text;
    return known(text, depth) ?? (text.length > longestList ? lines(text, depth) : pieced(text, 0, depth));
  };
  const known = (text: string, depth: number): string | undefined =>
    exact.get(text) ?? sentenced(text, (one) => exact.get(one)) ?? matched(text, depth) ?? sentenced(text, (one) => matched(one, depth));
  const lines = (text: string, depth: number): string => {
    if (!text.includes("\n")) return text;
    return text
      .split("\n")
      .map((line) => told(line, depth + 1))
      .join("\n");
  };
  const matched = (text: string, depth: number): string | undefined => {
    for (const template of templates(text)) {
      const values = match(template, text);
      if (values !== undefined) return template.fill(inOrder(template, values, (one) => told(one, depth + 1)));
    }
    return undefined;
  };
  const pieced = (text: string, from: number, depth: number): string => {
    if (text.includes("\n")) return lines(text, depth);
    for (const [index, joiner] of joiners.entries()) {
      if (index < from || !text.includes(joiner)) continue;
      const parts = text.split(joiner);
      const turned = parts.map((part) => known(part, depth + 1) ?? pieced(part, index + 1, depth));
      if (turned.some((part, place) => part !== parts[place]) || isList(parts, joiner)) return turned.join(joined[joiner] ?? joiner);
    }
    return about(text, depth);
  };
  const sentence = filler(joined[frames.sentence] ?? frames.sentence);
  const labelled = filler(joined[frames.labelled] ?? frames.labelled);
  const about = (text: string, depth: number): string => {
    const at = text.indexOf(": ");
    if (at < 0) return text;
    const message = text.slice(at + 2);
    const turned = told(message, depth + 1);
    return turned === message ? text : labelled([text.slice(0, at), turned]);
  };
  const sentenced = (text: string, find: (text: string) => string | undefined): string | undefined => {
    const bare = text.endsWith(".") ? text.slice(0, -1) : text;
    const turned = find(bare) ?? find(lowered(bare));
    return turned === undefined || bare === text ? turned : sentence([turned]);
  };
  return (text) => told(text, 0);
}

/** As a text is written that others begin a sentence with. */
function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Names and values one after another, not words of somebody's that a comma or an "or" stands between. */
function isList(parts: readonly string[], joiner: string): boolean {
  const few = joiner === ", " && parts.length < 3;
  return parts.every((part) => /^`[^`]*`$/u.test(part) || (!few && !part.includes(" ")));
}

function inOrder({ holes, quoted }: Template, values: readonly string[], told: (text: string) => string): readonly string[] {
  const ordered: string[] = [];
  for (const [place, hole] of holes.entries()) ordered[hole] = quoted[place] ? (values[place] ?? "") : told(values[place] ?? "");
  return ordered;
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

/** Puts values into the holes of a text. Where Chinese meets Latin letters or digits at a hole's edge there is one space, where it meets Chinese none. */
export function filler(text: string): (values: readonly (string | number)[]) => string {
  const parts = text.split(/\{(\d+)\}/u);
  return (values) =>
    parts.reduce((all, part, index) => (index % 2 === 0 ? spaced(all, part) : spaced(all, String(values[Number(part)] ?? ""))), "");
}

function spaced(left: string, right: string): string {
  if (left === "" || right === "") return left + right;
  const [before, after] = [left.trimEnd(), right.trimStart()];
  const gap = left.length - before.length + right.length - after.length;
  if (gap > 1 || before === "" || after === "") return left + right;
  const [last, next] = [before.charCodeAt(before.length - 1), after.charCodeAt(0)];
  if (isChinese(last) && isChinese(next)) return before + after;
  return (isChinese(last) && isLatin(next)) || (isLatin(last) && isChinese(next)) ? `${before} ${after}` : left + right;
}

function isChinese(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

/** ASCII letters and digits, and the mark around code. */
function isLatin(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 96;
}

/** The templates that may match, the longest first: by how they begin, else by how they end; few begin and end with holes. */
function finder(templates: readonly Template[]): (text: string) => readonly Template[] {
  const longest = [...templates].sort((one, other) => other.length - one.length);
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
function match({ literals }: Template, text: string): readonly string[] | undefined {
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
