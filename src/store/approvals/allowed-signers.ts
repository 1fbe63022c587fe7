import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { most, readInput } from "../files/read-input.ts";

/**
 * White space other than space and tab, and invisible characters. ssh-keygen treats them as part of
 * a name.
 */
const odd = /(?![ \t])[\p{Z}\p{C}]/u;

/**
 * Finds the first character in a file of allowed signers that ssh-keygen would silently treat as
 * part of a name: a byte order mark, unusual white space or an invisible character. Comment lines
 * may contain them, except the mark. Also returns an error if the file cannot be read; undefined if
 * it is valid.
 */
export function oddSigners(path: string): Diagnostic | undefined {
  const read = readInput(path, { limit: most.small });
  if (!read.ok) return read.diagnostics[0];
  const lines = read.value.toString("utf8").split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const found = /^[ \t]*#/.test(line) ? null : odd.exec(line);
    if (found) return refusal({ path, line: index + 1, column: found.index + 1, text: line });
  }
  return undefined;
}

interface Spot {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

function refusal({ path, line, column, text }: Spot): Diagnostic {
  const name = `U+${(text.codePointAt(column - 1) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return diagnostic({
    severity: "error",
    code: "approval/signers-odd-space",
    message: say`Line ${line} of ${path} holds ${name}, which ssh-keygen takes for a part of a name.`,
    hint: say`Save the file as UTF-8 without a byte order mark, with plain spaces between its fields.`,
    at: {
      file: path,
      line,
      column,
      endLine: line,
      endColumn: column + 1,
      excerpt: text.replace(/[\p{Z}\p{C}]/gu, " "),
    },
  });
}
