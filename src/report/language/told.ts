import { filler } from "./fill.ts";
import { finder, match, type Template, type Texts } from "./templates.ts";

/** What texts are put together with where no template says so, in the order in which they are taken apart. */
export const joiners = ["; ", ", or ", " or ", " and ", ", "] as const;

/** How a text is ended, and put after what it is about. */
export const frames = { sentence: "{0}.", labelled: "{0}: {1}" } as const;

/** Texts stand in texts at most this deep. */
const deepest = 6;

/** Texts longer than this are no lists of texts. */
const longestList = 2000;

interface Speech {
  readonly texts: ReadonlyMap<string, string>;
  readonly templates: (text: string) => readonly Template[];
  readonly joined: Texts;
}

/**
 * Turns finished English texts into the language of these, what stands in a hole too, and texts that were put together: lines, lists, `path: message`.
 * What is no text of these stays as it is. It takes time with the text's length, hardly with the number of texts.
 */
export function teller(texts: Texts, joined: Texts): (english: string) => string {
  const speech = { texts: new Map(Object.entries(texts)), templates: finder(texts), joined };
  return (english) => told(speech, english, 0);
}

function told(speech: Speech, text: string, depth: number): string {
  if (depth > deepest) return text;
  const whole = known(speech, text, depth);
  if (whole !== undefined) return whole;
  if (text.includes("\n")) return lines(speech, text, depth);
  return text.length > longestList ? text : (listed(speech, text, depth) ?? about(speech, text, depth));
}

/** One of the texts, or an instance of one, perhaps written as a sentence. */
function known(speech: Speech, text: string, depth: number): string | undefined {
  const exact = (one: string) => speech.texts.get(one);
  const instance = (one: string) => matched(speech, one, depth);
  return exact(text) ?? sentenced(speech, text, exact) ?? instance(text) ?? sentenced(speech, text, instance);
}

function matched(speech: Speech, text: string, depth: number): string | undefined {
  for (const template of speech.templates(text)) {
    const values = match(template, text);
    if (values !== undefined && !spans(template, values)) return filled(speech, template, { values, depth });
  }
  return undefined;
}

/** Lines are texts of their own, and so is what semicolons and colons part: no hole reaches over a line's end, nor does one that a text begins with take in the text before it. */
function spans({ quoted, literals }: Template, values: readonly string[]): boolean {
  const leads = literals[0] === "" && !quoted[0] && /[;:](?: |$)/u.test(values[0] ?? "");
  return leads || values.some((value, place) => !quoted[place] && value.includes("\n"));
}

function filled(speech: Speech, template: Template, found: { readonly values: readonly string[]; readonly depth: number }): string {
  const ordered: string[] = [];
  for (const [place, hole] of template.holes.entries()) {
    const value = found.values[place] ?? "";
    ordered[hole] = template.quoted[place] ? value : told(speech, value, found.depth + 1);
  }
  return template.fill(ordered);
}

/** The text that `find` knows without a full stop or a capital, as a sentence. */
function sentenced({ joined }: Speech, text: string, find: (text: string) => string | undefined): string | undefined {
  const bare = text.endsWith(".") ? text.slice(0, -1) : text;
  const turned = find(bare) ?? find(bare.charAt(0).toLowerCase() + bare.slice(1));
  return turned === undefined || bare === text ? turned : filler(joined[frames.sentence] ?? frames.sentence)([turned]);
}

function lines(speech: Speech, text: string, depth: number): string {
  const turned = text.split("\n").map((line) => told(speech, line, depth + 1));
  return turned.join("\n");
}

function listed(speech: Speech, text: string, depth: number, from = 0): string | undefined {
  for (const [index, joiner] of joiners.entries()) {
    if (index < from || !text.includes(joiner)) continue;
    const parts = text.split(joiner);
    const turned = parts.map((part) => known(speech, part, depth + 1) ?? listed(speech, part, depth, index + 1) ?? part);
    if (turned.some((part, place) => part !== parts[place]) || isList(parts, joiner)) return turned.join(speech.joined[joiner] ?? joiner);
  }
  return undefined;
}

/** Names and values one after another, not words of somebody's that a comma or an "or" stands between. */
function isList(parts: readonly string[], joiner: string): boolean {
  const few = joiner === ", " && parts.length < 3;
  return parts.every((part) => /^`[^`]*`$/u.test(part) || (!few && !part.includes(" ")));
}

/** `path: message`, whose message alone is a text, or `what: why`, where both are. */
function about(speech: Speech, text: string, depth: number): string {
  const at = text.indexOf(": ");
  if (at < 0) return text;
  const [label, message] = [text.slice(0, at), text.slice(at + 2)];
  const [what, why] = [known(speech, label, depth + 1) ?? label, told(speech, message, depth + 1)];
  return what === label && why === message ? text : filler(speech.joined[frames.labelled] ?? frames.labelled)([what, why]);
}
