import type { Diagnostic } from "../model/diagnostic.ts";
import type { Text } from "./text.ts";

/** What a parser complains of, as `yaml` codes it, and where it starts and ends. */
export interface SyntaxError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

type Words = readonly [code: string, message: string, hint: string];

const oneLine = "Write `key: value` on one line; long text goes in quotes or below `|`.";

const words: Readonly<Record<string, Words>> = {
  ALIAS_PROPS: ["alias", "An alias stands alone: it takes no tag and no anchor.", "Take the tag or anchor away."],
  BAD_ALIAS: [
    "alias",
    "The name of this anchor or alias cannot be read.",
    "Write `&name` and `*name`; text that starts with & or * goes in quotes.",
  ],
  BAD_COLLECTION_TYPE: ["tag", "This tag does not fit what it stands before.", "Take the tag away."],
  BAD_DIRECTIVE: ["directive", "Directives are not supported.", "Take the line that starts with % away."],
  BAD_DQ_ESCAPE: [
    "escape",
    "This escape means nothing in double quotes.",
    "Write \\\\ for a backslash, or use single quotes, in which nothing is escaped.",
  ],
  BAD_INDENT: [
    "indentation",
    "This line is not indented as the lines around it are.",
    "Give all fields of a mapping, and all items of a list, the same number of spaces.",
  ],
  BAD_PROP_ORDER: ["order", "A tag or an anchor stands in the wrong place.", "Take it away."],
  BAD_SCALAR_START: ["quotes", "Plain text cannot start with this character.", "Put the text in quotes."],
  BLOCK_AS_IMPLICIT_KEY: [
    "nested",
    "A field cannot start inside another field's line.",
    "Put text that holds `: ` in quotes, or start the nested fields on the next line, indented.",
  ],
  BLOCK_IN_FLOW: ["flow", "Indented fields cannot stand inside [ ] or { }.", "Close the bracket first, or write all of it in brackets."],
  KEY_OVER_1024_CHARS: ["key", "This field name is too long.", "A field name has at most 1024 characters."],
  MISSING_CHAR: ["missing", "A character is missing here.", "Look for a missing quote, comma, colon, space or bracket."],
  MULTILINE_IMPLICIT_KEY: ["key", "A field name must be on one line, with a colon and a space after it.", oneLine],
  MULTIPLE_ANCHORS: ["anchor", "There are two anchors here.", "Keep one."],
  MULTIPLE_TAGS: ["tag", "There are two tags here.", "Take them away."],
  NON_STRING_KEY: ["key", "A field name must be text.", "Put it in quotes."],
  RESOURCE_EXHAUSTION: ["depth", "This is nested too deeply.", "Nest less."],
  TAB_AS_INDENT: ["tab", "A tab is used for indentation.", "Indent with spaces."],
  TAG_RESOLVE_FAILED: ["tag", "Tags are not supported.", "Take the tag away; text that starts with ! goes in quotes."],
  UNEXPECTED_TOKEN: [
    "unexpected",
    "This does not belong here.",
    "Look for a missing quote, bracket or comma, or a wrong indentation, here or just before.",
  ],
};

const unknown: Words = ["unexpected", "This cannot be read as YAML.", "Look for a missing quote, bracket or colon, here or just before."];

/** A parser's complaint in plain words, under a code of ours that does not change with the parser. */
export function syntaxProblem(text: Text, error: SyntaxError): Diagnostic {
  const [code, message, hint] = tabbed(text, error) ?? missing(error) ?? words[error.code] ?? unknown;
  return { severity: "error", code: `syntax/${code}`, message, at: text.at(within(text, error.pos)), hint };
}

/** A problem of our own making at a place. */
export function problem(text: Text, range: readonly [number, number], [code, message, hint]: Words): Diagnostic {
  return { severity: "error", code: `syntax/${code}`, message, at: text.at(range), hint };
}

function tabbed(text: Text, { pos }: SyntaxError): Words | undefined {
  const start = text.content.lastIndexOf("\n", pos[0] - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.content.slice(start, start + 1000))?.[0] ?? "";
  return indentation.includes("\t") ? words.TAB_AS_INDENT : undefined;
}

function missing({ code, message }: SyntaxError): Words | undefined {
  if (code !== "MISSING_CHAR" && code !== "UNEXPECTED_TOKEN" && code !== "BAD_INDENT") return undefined;
  if (/closing .*quote/.test(message)) return ["quote", "A quoted text is not closed.", "Add the missing quote."];
  if (/map(s)? keys need to be followed|Implicit map keys/.test(message))
    return ["colon", "A field name needs a colon and a value.", oneLine];
  if (/Comments must be separated/.test(message))
    return ["comment", "A comment needs a space before its #.", "Put a space before #, or the text in quotes."];
  if (/end with a [\]}]/.test(message)) {
    return ["bracket", "A bracket is not closed.", "Add the missing ] or }."];
  }
  return undefined;
}

function within({ content }: Text, [start, end]: readonly [number, number]): readonly [number, number] {
  // At the very end there is nothing to show: the last thing written is nearest to what is missing.
  const last = Math.max(0, content.trimEnd().length - 1);
  const from = Math.min(Math.max(start, 0), last);
  const line = content.indexOf("\n", from);
  const lineEnd = line < 0 ? content.length : line;
  return [from, Math.max(from, Math.min(Math.max(end, from + 1), lineEnd))];
}
