import { byPlace, type Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Source } from "../../model/source.ts";
import { decode } from "./decode.ts";
import { oddCharacter } from "../../model/text/odd-characters.ts";
import { problem } from "./syntax-message.ts";
import type { Text } from "./text.ts";

const space = "[\\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000\\ufeff]";
const name = "[\"']?[A-Za-z_$][\\w.$-]*[\"']?";

/**
 * Positions where YAML expects syntax: indentation, a list's dash and after it, a colon and after
 * it.
 */
const structural = [
  new RegExp(`^[ -]*(?=${space})`),
  /^ *(?=[\u2010-\u2015\uff0d]\s)/,
  new RegExp(`^[ -]*${name}\\s*(?=\\uff1a)`),
  new RegExp(`^[ -]*${name}:(?=${space})`),
];

/** A value that starts with a look-alike of a quote or bracket. */
const value =
  /^[ -]*(?:["']?[A-Za-z_$][\w.$-]*["']?: +|- +)(?=[\u2018-\u201f\uff02\uff07\uff3b\uff5b\uff3d\uff5d])/;

/** Maximum number of look-alikes reported per file. */
const most = 20;

/**
 * Adds a diagnostic for each character that looks like YAML syntax but is not. Only files with
 * syntax, schema or settings errors are searched; at most 20 are reported per file.
 */
export function withLookAlikes(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
): readonly Diagnostic[] {
  const wrong = diagnostics.filter(
    ({ code, severity }) => severity === "error" && /^(syntax|schema|settings)\//.test(code),
  );
  const files = new Set(wrong.map(({ at }) => at?.file));
  const found = sources
    .filter(({ path }) => files.has(path))
    .flatMap((source) => lookAlikesIn(source, wrong));
  return found.length > 0 ? [...found, ...diagnostics].sort(byPlace) : diagnostics;
}

function lookAlikesIn(source: Source, wrong: readonly Diagnostic[]): readonly Diagnostic[] {
  const text = decode(source.path, source.bytes);
  if (!("content" in text)) return [];
  const lines = new Set(
    wrong.filter(({ at }) => at?.file === source.path).map(({ at }) => at?.line),
  );
  const found: Diagnostic[] = [];
  let start = 0;
  for (const [index, line] of text.content.split("\n").entries()) {
    const at = placeIn(line, lines.has(index + 1));
    if (at !== undefined) found.push(described(text, start + at, line.slice(at)));
    if (found.length === most) break;
    start += line.length + 1;
  }
  return found;
}

function placeIn(line: string, isWrong: boolean): number | undefined {
  if (!oddCharacter(line)) return undefined;
  const patterns = isWrong ? [...structural, value] : structural;
  return patterns
    .map((pattern) => pattern.exec(line)?.[0].length)
    .find((length) => length !== undefined);
}

function described(text: Text, at: number, rest: string): Diagnostic {
  const found = oddCharacter(rest)?.name ?? "";
  const message = say`Here stands ${found}, which means nothing to YAML.`;
  return problem(
    text,
    [at, at + 1],
    ["look-alike", message, say`Type the plain character in its place.`],
  );
}
