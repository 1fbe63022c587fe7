import type { Diagnostic } from "../model/diagnostic.ts";
import { clean } from "./clean.ts";
import { excerpt } from "./excerpt.ts";
import { cut } from "./layout.ts";
import { code, prose } from "./markdown-escape.ts";
import { clipped, fitting, type Item } from "./markdown-limit.ts";
import { defaultLimit, type Style, type Validation } from "./report.ts";
import { tally } from "./text-diagnostics.ts";
import { count, number } from "./words.ts";

const longest = 800;

/** A diagnostic, already clean, as an item of a list. */
export function diagnosticItem(one: Diagnostic): Item {
  const place = one.at ? `${one.at.file}:${one.at.line}:${one.at.column}` : one.address;
  const where = place ? ` ${code(cut(place, 200))}` : "";
  const line = one.at === undefined ? "" : excerpt(one.at, 160).line.trim();
  const hint = one.hint ? [`  *Hint:* ${prose(cut(one.hint, longest))}`] : [];
  const first = `- **${one.severity}**${where} ${prose(cut(one.message, longest))} (${code(one.code)})`;
  return { text: [first, ...(line === "" ? [] : [`  ${code(line)}`]), ...hint].join("  \n"), stands: 1 };
}

/** Diagnostics as a list, under the limit. */
export function markdownDiagnostics(diagnostics: readonly Diagnostic[], style: Style): string {
  const limit = style.limit ?? defaultLimit;
  return clipped(`**${tally(diagnostics)}**\n${list(diagnostics, limit - 200)}`, limit);
}

/** What `validate` found, under the limit. */
export function markdownValidation(result: Validation, style: Style): string {
  const limit = style.limit ?? defaultLimit;
  const wrong = result.diagnostics.some((one) => one.severity === "error");
  const what = `${count(result.resources, "manifest")} in ${count(result.files, "file")}`;
  const verdict =
    `### ${what}: ${wrong ? "not valid" : "valid"}. ${result.diagnostics.length > 0 ? tally(result.diagnostics) : ""}`.trimEnd();
  const unchecked = clean(result.notChecked)
    .slice(0, 20)
    .map((one) => `- not checked here: ${prose(cut(one, longest))}`);
  const rest = unchecked.length > 0 ? `\n${unchecked.join("\n")}\n` : "";
  return clipped(`${verdict}\n${list(result.diagnostics, limit - 1000 - rest.length * 3)}${rest}`, limit);
}

function list(diagnostics: readonly Diagnostic[], room: number): string {
  const { taken, stands } = fitting(lazily(diagnostics), room);
  const left = diagnostics.length - stands;
  const more = left > 0 ? `\n… and ${number(left)} more that did not fit here.\n` : "";
  return taken.length === 0 ? more : `\n${taken.join("\n")}\n${more}`;
}

function* lazily(diagnostics: readonly Diagnostic[]): Generator<Item> {
  for (const one of diagnostics) yield diagnosticItem(clean(one));
}
