import { type Document, isScalar, type Node } from "yaml";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Source } from "../../model/source.ts";
import { arrange, type Schemas } from "./arrange.ts";
import { type Composing, compose } from "../read/compose.ts";
import { decode } from "../read/decode.ts";
import { sameMeaning } from "./same-meaning.ts";
import { asWritten } from "./scalar-style.ts";
import { syntaxProblem } from "../read/syntax-message.ts";
import { type Text, text } from "../read/text.ts";

export type { Schemas } from "./arrange.ts";

/**
 * Formats a manifest. Meaning and comments are kept, and CRLF if every line ends with it;
 * formatting the result again changes nothing. Returns diagnostics if the file is not valid YAML,
 * and `format/unsound` if the result would change the meaning.
 */
export function format(source: Source, schemas: Schemas): Checked<string> {
  const decoded = decode(source.path, source.bytes);
  if (!("content" in decoded)) return { ok: false, diagnostics: [decoded] };
  const formatted = formatText(source, decoded, schemas);
  return formatted.ok && isForWindows(decoded)
    ? { ...formatted, value: formatted.value.replaceAll("\n", "\r\n") }
    : formatted;
}

/** Whether every line ends with CRLF, as Git checks files out with core.autocrlf. */
function isForWindows({ content }: Text): boolean {
  return content.includes("\r\n") && !/(?<!\r)\n/.test(content);
}

function formatText(source: Source, decoded: Text, schemas: Schemas): Checked<string> {
  const original = text(source.path, decoded.content.replaceAll("\r\n", "\n"));
  const first = pass(original, schemas);
  if (typeof first !== "string") return { ok: false, diagnostics: first };
  if (first === original.content) return { ok: true, value: first, diagnostics: [] };
  const settled = settle(text(source.path, first), schemas);
  if (settled === undefined || !sameMeaning(original, settled))
    return { ok: false, diagnostics: [unsound(original)] };
  return { ok: true, value: settled.content, diagnostics: [] };
}

/** Blank lines beside comments may need more passes. Undefined if five are not enough. */
function settle(written: Text, schemas: Schemas): Text | undefined {
  let now = written;
  for (let passes = 0; passes < 5; passes += 1) {
    const next = pass(now, schemas);
    if (typeof next !== "string") return undefined;
    if (next === now.content) return now;
    now = text(now.file, next);
  }
  return undefined;
}

const layout: Composing = {
  directives: true,
  schema: "failsafe",
  customTags: (tags) => [
    ...tags.filter((tag) => typeof tag === "string" || tag.tag !== asWritten.tag),
    asWritten,
  ],
  keepSourceTokens: true,
};

/** The lines of a comment with #, with at most one blank line in a row. */
function commentString(comment: string): string {
  return comment
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^(?!$)(?: $)?/gm, "#")
    .replace(/[ \t]+$/gm, "");
}

const writing = {
  lineWidth: 0,
  flowCollectionPadding: false,
  verifyAliasOrder: false,
  commentString,
};

function pass(original: Text, schemas: Schemas): string | readonly Diagnostic[] {
  const composed = compose(original, layout);
  if (!("length" in composed)) return [composed];
  const wrong = composed.flatMap(({ errors, warnings }) => [...errors, ...warnings].slice(0, 1));
  if (wrong.length > 0) return wrong.map((error) => syntaxProblem(original, error));
  if (composed.length === 0) return remarksOf(original);
  for (const document of composed) arrange(document, original.content, schemas);
  return composed
    .map((document, index) => printed(document, composed[index - 1], composed[index + 1]))
    .join("");
}

function printed(
  document: Document,
  before: Document | undefined,
  after: Document | undefined,
): string {
  const { directives } = document;
  const contents = document.contents as Node | null;
  if (directives) {
    directives.docStart = before || directives.docStart ? true : null;
    directives.docEnd = after?.directives?.yaml.explicit === true;
  }
  if (!isBare(contents)) return document.toString(writing);
  const said = [
    document.commentBefore,
    contents?.commentBefore,
    contents?.comment,
    document.comment,
  ]
    .filter((one) => one)
    .join("\n");
  const marks = [
    directives?.docStart ? "---" : [],
    said === "" ? [] : commentString(said),
    directives?.docEnd ? "..." : [],
  ];
  return marks
    .flat()
    .map((line) => `${line}\n`)
    .join("");
}

/** Formats a file that contains only comments. */
function remarksOf({ content }: Text): string {
  const lines = content.split("\n").map((line) => line.trim());
  const kept = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
  return kept === "" ? "" : `${kept}\n`;
}

/** Whether the document has no content except comments. */
function isBare(contents: Node | null): boolean {
  return (
    contents === null ||
    (isScalar(contents) &&
      contents.source === "" &&
      contents.type === "PLAIN" &&
      !contents.anchor &&
      !contents.tag)
  );
}

function unsound(original: Text): Diagnostic {
  return {
    severity: "error",
    code: "format/unsound",
    message: say`Formatting this file would have changed what it means, so it was left as it is. This is a bug of ours: please report it.`,
    at: original.at([0, 0]),
  };
}
