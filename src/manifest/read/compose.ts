import {
  Composer,
  type Document,
  type DocumentOptions,
  Lexer,
  type ParseOptions,
  Parser,
  type SchemaOptions,
} from "yaml";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { limits } from "./decode.ts";
import { problem } from "./syntax-message.ts";
import type { Text } from "./text.ts";

const options = {
  version: "1.2",
  schema: "core",
  strict: true,
  // `yaml` needs quadratic time to find duplicate keys; `readDocument` finds them in linear time.
  uniqueKeys: false,
  merge: false,
  resolveKnownTags: false,
  prettyErrors: false,
  keepSourceTokens: false,
  logLevel: "silent",
} as const;

// Each nesting level puts two or three tokens on the parser's stack.
const deepest = limits.depth * 3;

/** Parser options that differ from those used for compiling. */
export interface Composing extends ParseOptions, DocumentOptions, SchemaOptions {
  /** Allow directives (lines that start with %). */
  readonly directives?: true;
}

/**
 * Parses a text into `yaml` documents, each with its own errors. Stops at the first exceeded limit
 * or forbidden directive and returns that as a diagnostic.
 */
export function compose(
  text: Text,
  { directives, ...others }: Composing = {},
): readonly Document[] | Diagnostic {
  const parser = new Parser();
  const composer = new Composer({ ...options, ...others });
  const documents: Document[] = [];
  const add = (found: Iterable<unknown>): void => {
    for (const one of found) documents.push(one as Document);
  };
  for (const lexeme of new Lexer().lex(text.content)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === "directive" && !directives)
        return directive(text, token.offset, token.source.length);
      add(composer.next(token));
    }
    const stopped = overLimit(text, parser, documents.length);
    if (stopped) return stopped;
  }
  for (const token of parser.end()) add(composer.next(token));
  add(composer.end());
  return leftOver(composer, documents);
}

function overLimit(text: Text, parser: Parser, documents: number): Diagnostic | undefined {
  const range = [parser.offset, parser.offset + 1] as const;
  if (parser.stack.length > deepest) {
    return problem(text, range, [
      "depth",
      say`This is nested more than ${limits.depth} levels deep.`,
      say`Nest less.`,
    ]);
  }
  if (documents <= limits.documents) return undefined;
  return problem(text, range, [
    "documents",
    say`The file has more than ${limits.documents} documents.`,
    say`Split it into several files.`,
  ]);
}

function directive(text: Text, offset: number, length: number): Diagnostic {
  const hint = say`Take the line that starts with % away.`;
  return problem(
    text,
    [offset, offset + length],
    ["directive", say`Directives are not supported.`, hint],
  );
}

/** Keeps errors of a stream without documents, which `yaml` would drop. */
function leftOver(composer: Composer, documents: readonly Document[]): readonly Document[] {
  const { errors } = composer.streamInfo();
  const last = documents.at(-1);
  if (last) for (const one of errors) last.errors.push(one);
  else if (errors.length > 0)
    return [{ errors, warnings: [], contents: null } as unknown as Document];
  return documents;
}
