import type { CodeWithin } from "../../model/codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { Text } from "./text.ts";
import { record } from "../../model/text/recorded.ts";

/** An error of the `yaml` parser: its code there, and its start and end offsets. */
export interface SyntaxError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** The code, message and hint of a syntax problem. */
export type SyntaxWords = readonly [code: CodeWithin<"syntax">, message: Wording, hint: Wording];

const oneLine = say`Write \`key: value\` on one line; long text goes in quotes or below \`|\`.`;

const words: Readonly<Record<string, SyntaxWords>> = {
  ALIAS_PROPS: [
    "alias",
    say`An alias stands alone: it takes no tag and no anchor.`,
    say`Take the tag or anchor away.`,
  ],
  BAD_ALIAS: [
    "alias",
    say`The name of this anchor or alias cannot be read.`,
    say`Write \`&name\` and \`*name\`; text that starts with & or * goes in quotes.`,
  ],
  BAD_COLLECTION_TYPE: [
    "tag",
    say`This tag does not fit what it stands before.`,
    say`Take the tag away.`,
  ],
  BAD_DIRECTIVE: [
    "directive",
    say`Directives are not supported.`,
    say`Take the line that starts with % away.`,
  ],
  BAD_DQ_ESCAPE: [
    "escape",
    say`This escape means nothing in double quotes.`,
    say`Write \\\\ for a backslash, or use single quotes, in which nothing is escaped.`,
  ],
  BAD_INDENT: [
    "indentation",
    say`This line is not indented as the lines around it are.`,
    say`Give all fields of a mapping, and all items of a list, the same number of spaces.`,
  ],
  BAD_PROP_ORDER: ["order", say`A tag or an anchor stands in the wrong place.`, say`Take it away.`],
  BAD_SCALAR_START: [
    "quotes",
    say`Plain text cannot start with this character.`,
    say`Put the text in quotes.`,
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    "nested",
    say`A field cannot start inside another field's line.`,
    say`Put text that holds \`: \` in quotes, or start the nested fields on the next line, indented.`,
  ],
  BLOCK_IN_FLOW: [
    "flow",
    say`Indented fields cannot stand inside [ ] or { }.`,
    say`Close the bracket first, or write all of it in brackets.`,
  ],
  KEY_OVER_1024_CHARS: [
    "key",
    say`This field name is too long.`,
    say`A field name has at most 1024 characters.`,
  ],
  MISSING_CHAR: [
    "missing",
    say`A character is missing here.`,
    say`Look for a missing quote, comma, colon, space or bracket.`,
  ],
  MULTILINE_IMPLICIT_KEY: [
    "key",
    say`A field name must be on one line, with a colon and a space after it.`,
    oneLine,
  ],
  MULTIPLE_ANCHORS: ["anchor", say`There are two anchors here.`, say`Keep one.`],
  MULTIPLE_TAGS: ["tag", say`There are two tags here.`, say`Take them away.`],
  NON_STRING_KEY: ["key", say`A field name must be text.`, say`Put it in quotes.`],
  RESOURCE_EXHAUSTION: ["depth", say`This is nested too deeply.`, say`Nest less.`],
  TAB_AS_INDENT: ["tab", say`A tab is used for indentation.`, say`Indent with spaces.`],
  TAG_RESOLVE_FAILED: [
    "tag",
    say`Tags are not supported.`,
    say`Take the tag away; text that starts with ! goes in quotes.`,
  ],
  UNEXPECTED_TOKEN: [
    "unexpected",
    say`This does not belong here.`,
    say`Look for a missing quote, bracket or comma, or a wrong indentation, here or just before.`,
  ],
};

const unknown: SyntaxWords = [
  "unexpected",
  say`This cannot be read as YAML.`,
  say`Look for a missing quote, bracket or colon, here or just before.`,
];

/** Converts a parser error to a diagnostic whose code does not depend on the parser. */
export function syntaxProblem(text: Text, error: SyntaxError): Diagnostic {
  const [code, message, hint] =
    tabbed(text, error) ?? missing(error) ?? words[error.code] ?? unknown;
  return record({
    severity: "error",
    code: `syntax/${code}`,
    message,
    at: text.at(within(text, error.pos)),
    hint,
  });
}

/** A syntax diagnostic for a problem that partnerctl itself detects. */
export function problem(
  text: Text,
  range: readonly [number, number],
  [code, message, hint]: SyntaxWords,
): Diagnostic {
  return record({ severity: "error", code: `syntax/${code}`, message, at: text.at(range), hint });
}

function tabbed(text: Text, { pos }: SyntaxError): SyntaxWords | undefined {
  const start = text.content.lastIndexOf("\n", pos[0] - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.content.slice(start, start + 1000))?.[0] ?? "";
  return indentation.includes("\t") ? words.TAB_AS_INDENT : undefined;
}

function missing({ code, message }: SyntaxError): SyntaxWords | undefined {
  if (code !== "MISSING_CHAR" && code !== "UNEXPECTED_TOKEN" && code !== "BAD_INDENT")
    return undefined;
  if (/closing .*quote/.test(message))
    return ["quote", say`A quoted text is not closed.`, say`Add the missing quote.`];
  if (/map(s)? keys need to be followed|Implicit map keys/.test(message))
    return ["colon", say`A field name needs a colon and a value.`, oneLine];
  if (/Comments must be separated/.test(message))
    return [
      "comment",
      say`A comment needs a space before its #.`,
      say`Put a space before #, or the text in quotes.`,
    ];
  if (/end with a [\]}]/.test(message)) {
    return ["bracket", say`A bracket is not closed.`, say`Add the missing ] or }.`];
  }
  return undefined;
}

function within(
  { content }: Text,
  [start, end]: readonly [number, number],
): readonly [number, number] {
  // At the end of the text there is nothing to show; the last character is nearest.
  const last = Math.max(0, content.trimEnd().length - 1);
  const from = Math.min(Math.max(start, 0), last);
  const line = content.indexOf("\n", from);
  const lineEnd = line < 0 ? content.length : line;
  return [from, Math.max(from, Math.min(Math.max(end, from + 1), lineEnd))];
}
