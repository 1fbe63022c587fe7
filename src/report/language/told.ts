import { filler } from "./fill.ts";
import { finder, match, type Template, type Texts } from "./templates.ts";

/**
 * Separators of texts that are combined without a template, in the order in which they are tried.
 */
export const joiners = ["; ", ", or ", " or ", " and ", ", "] as const;

/** The forms of a sentence and of a labelled message. */
export const frames = { sentence: "{0}.", labelled: "{0}: {1}" } as const;

/** Maximum depth of texts nested in texts. */
const deepest = 6;

/** Longer texts are not split at separators. */
const longestList = 2000;

interface Speech {
  readonly texts: ReadonlyMap<string, string>;
  readonly templates: (text: string) => readonly Template[];
  readonly joined: Texts;
}

/**
 * Creates a translator of complete English texts. It also translates values in placeholders and
 * combined texts: lines, lists, `path: message`. Unknown text is returned unchanged. The duration
 * depends on the text's length, hardly on the number of translations.
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
  return text.length > longestList
    ? text
    : (listed(speech, text, depth) ?? about(speech, text, depth));
}

/** Translates a known text or template, also if written as a sentence. Undefined if unknown. */
function known(speech: Speech, text: string, depth: number): string | undefined {
  const exact = (one: string) => speech.texts.get(one);
  const instance = (one: string) => matched(speech, one, depth);
  return (
    exact(text) ??
    sentenced(speech, text, exact) ??
    instance(text) ??
    sentenced(speech, text, instance)
  );
}

function matched(speech: Speech, text: string, depth: number): string | undefined {
  for (const template of speech.templates(text)) {
    const values = match(template, text);
    if (values !== undefined && !spans(template, values))
      return filled(speech, template, { values, depth });
  }
  return undefined;
}

/**
 * Rejects a match whose unquoted values contain a line break, or whose first value, at the start of
 * the text, contains a semicolon or colon: those separate texts.
 */
function spans({ quoted, literals }: Template, values: readonly string[]): boolean {
  const leads = literals[0] === "" && !quoted[0] && /[;:](?: |$)/u.test(values[0] ?? "");
  return leads || values.some((value, place) => !quoted[place] && value.includes("\n"));
}

function filled(
  speech: Speech,
  template: Template,
  found: { readonly values: readonly string[]; readonly depth: number },
): string {
  const ordered: string[] = [];
  for (const [place, hole] of template.holes.entries()) {
    const value = found.values[place] ?? "";
    ordered[hole] = template.quoted[place] ? value : told(speech, value, found.depth + 1);
  }
  return template.fill(ordered);
}

/**
 * Looks up the text without its full stop and initial capital; returns the result as a sentence.
 */
function sentenced(
  { joined }: Speech,
  text: string,
  find: (text: string) => string | undefined,
): string | undefined {
  const bare = text.endsWith(".") ? text.slice(0, -1) : text;
  const turned = find(bare) ?? find(bare.charAt(0).toLowerCase() + bare.slice(1));
  return turned === undefined || bare === text
    ? turned
    : filler(joined[frames.sentence] ?? frames.sentence)([turned]);
}

function lines(speech: Speech, text: string, depth: number): string {
  const turned = text.split("\n").map((line) => told(speech, line, depth + 1));
  return turned.join("\n");
}

function listed(speech: Speech, text: string, depth: number, from = 0): string | undefined {
  for (const [index, joiner] of joiners.entries()) {
    if (index < from || !text.includes(joiner)) continue;
    const parts = text.split(joiner);
    const turned = parts.map(
      (part) => known(speech, part, depth + 1) ?? listed(speech, part, depth, index + 1) ?? part,
    );
    if (turned.some((part, place) => part !== parts[place]) || isList(parts, joiner))
      return turned.join(speech.joined[joiner] ?? joiner);
  }
  return undefined;
}

/** True for a list of names and values, false for user text that contains a comma or "or". */
function isList(parts: readonly string[], joiner: string): boolean {
  const few = joiner === ", " && parts.length < 3;
  return parts.every((part) => /^`[^`]*`$/u.test(part) || (!few && !part.includes(" ")));
}

/** Translates `path: message`, where only the message is known, or `what: why`, where both are. */
function about(speech: Speech, text: string, depth: number): string {
  const at = text.indexOf(": ");
  if (at < 0) return text;
  const [label, message] = [text.slice(0, at), text.slice(at + 2)];
  const [what, why] = [known(speech, label, depth + 1) ?? label, told(speech, message, depth + 1)];
  return what === label && why === message
    ? text
    : filler(speech.joined[frames.labelled] ?? frames.labelled)([what, why]);
}
