import { textOf } from "../../model/text/recorded.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { clean } from "../sanitize.ts";
import { excerpt } from "../wording/excerpt.ts";
import { type Language, languageOf } from "../language/language.ts";
import { cutToWidth } from "../wording/layout.ts";
import { code, prose } from "./escape.ts";
import { clipText, fitPieces, type ReportPiece } from "./limit.ts";
import type { Validation } from "../document.ts";
import { defaultLimit, type Style } from "../report.ts";
import { amounts, severities, tally } from "../text/diagnostics.ts";
import { orderDiagnostics } from "../wording/natural-order.ts";
import { number } from "../wording/format.ts";

const longest = 800;

/** A sanitized diagnostic as a list item. */
export function diagnosticItem(one: Diagnostic, language: Language): ReportPiece {
  const place = one.at ? `${one.at.file}:${one.at.line}:${one.at.column}` : one.address;
  const where = place ? ` ${code(cutToWidth(place, 200))}` : "";
  const line = one.at === undefined ? "" : excerpt(one.at, 160).line.trim();
  const hint = one.hint
    ? [
        `  ${language.say`*Hint:* ${prose(cutToWidth(language.told(textOf(one, "hint")), longest))}`}`,
      ]
    : [];
  const first = `- **${language.told(severities[one.severity])}**${where} ${prose(cutToWidth(language.told(textOf(one, "message")), longest))} (${code(one.code)})`;
  return {
    text: [first, ...(line === "" ? [] : [`  ${code(line)}`]), ...hint].join("  \n"),
    stands: 1,
  };
}

/** Diagnostics as a list within the style's size limit. */
export function markdownDiagnostics(diagnostics: readonly Diagnostic[], style: Style): string {
  const limit = style.limit ?? defaultLimit;
  const language = languageOf(style);
  return clipText(
    `**${tally(diagnostics, language)}**\n${list(diagnostics, limit - 200, language)}`,
    limit,
  );
}

/** The result of `validate` within the style's size limit. */
export function markdownValidation(result: Validation, style: Style): string {
  const limit = style.limit ?? defaultLimit;
  const wrong = result.diagnostics.some((one) => one.severity === "error");
  const language = languageOf(style);
  const what = amounts(result, language);
  const found = wrong ? language.say`${what}: not valid.` : language.say`${what}: valid.`;
  const verdict = `### ${result.diagnostics.length > 0 ? language.say`${found} ${tally(result.diagnostics, language)}` : found}`;
  const unchecked = clean(result.notChecked)
    .slice(0, 20)
    .map(
      (one) =>
        `- ${language.say`not checked here: ${prose(cutToWidth(language.told(one), longest))}`}`,
    );
  const rest = unchecked.length > 0 ? `\n${unchecked.join("\n")}\n` : "";
  return clipText(
    `${verdict}\n${list(result.diagnostics, limit - 1000 - rest.length * 3, language)}${rest}`,
    limit,
  );
}

function list(diagnostics: readonly Diagnostic[], room: number, language: Language): string {
  const { taken, stands } = fitPieces(lazily(orderDiagnostics(diagnostics), language), room);
  const left = diagnostics.length - stands;
  const more =
    left > 0 ? `\n${language.say`… and ${number(left)} more that did not fit here.`}\n` : "";
  return taken.length === 0 ? more : `\n${taken.join("\n")}\n${more}`;
}

function* lazily(diagnostics: readonly Diagnostic[], language: Language): Generator<ReportPiece> {
  for (const one of diagnostics) yield diagnosticItem(clean(one), language);
}
