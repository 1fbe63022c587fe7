import type { Diagnostic, Location } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { textOf } from "../../model/text/recorded.ts";
import type { Validation } from "../document.ts";
import { english, type Language, languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";
import { clean } from "../sanitize.ts";
import { excerpt } from "../wording/excerpt.ts";
import { count, list } from "../wording/format.ts";
import { columns, indentLines, page, wrap } from "../wording/layout.ts";
import { orderDiagnostics } from "../wording/natural-order.ts";
import { paint, type Tone } from "../wording/paint.ts";

const tones: Readonly<Record<Diagnostic["severity"], Tone>> = {
  error: "bad",
  warning: "caution",
  note: "accent",
};

/** The severities in words. Translate before display. */
export const severities: Readonly<Record<Diagnostic["severity"], string>> = {
  error: say`error`,
  warning: say`warning`,
  note: say`note`,
};

/** Diagnostics with location, underlined excerpt and hint, and their number at the end. */
export function textDiagnostics(diagnostics: readonly Diagnostic[], style: Style): string {
  return page([
    ...clean(orderDiagnostics(diagnostics)).map((one) => diagnosticLines(one, style)),
    [tally(diagnostics, languageOf(style))],
  ]);
}

/** Whether the manifests are valid, and the checks that were skipped. */
export function textValidation(result: Validation, style: Style): string {
  const wrong = result.diagnostics.some((one) => one.severity === "error");
  const language = languageOf(style);
  const told = tally(result.diagnostics, language);
  const label = language.say`Not checked here: `;
  const found = paint(wrong ? "bad" : "good", verdict(result, language), style);
  return page([
    ...clean(orderDiagnostics(result.diagnostics)).map((one) => diagnosticLines(one, style)),
    clean(result.notChecked).flatMap((one, index) =>
      hanging(index === 0 ? label : " ".repeat(columns(label)), language.told(one), style),
    ),
    [
      result.diagnostics.length > 0
        ? language.say`${found} ${wrong ? paint("bad", told, style) : told}`
        : found,
    ],
  ]);
}

function verdict(result: Validation, language: Language): string {
  const what = amounts(result, language);
  if (result.diagnostics.some((one) => one.severity === "error"))
    return language.say`${what}: not valid.`;
  return result.resources === 1
    ? language.say`${what} is valid.`
    : language.say`${what} are valid.`;
}

/**
 * The number of manifests and files. With errors, only files: the number of manifests is unknown.
 */
export function amounts({ resources, files, diagnostics }: Validation, language: Language): string {
  if (diagnostics.some((one) => one.severity === "error")) return count(files, "file", language);
  return language.say`${count(resources, "manifest", language)} in ${count(files, "file", language)}`;
}

function hanging(label: string, text: string, style: Style): readonly string[] {
  const width = columns(label);
  return wrap(text, style.width - width).map(
    (line, index) => (index === 0 ? label : " ".repeat(width)) + line,
  );
}

/** The lines of one sanitized diagnostic. */
export function diagnosticLines(one: Diagnostic, style: Style): readonly string[] {
  const language = languageOf(style);
  const place = one.at ? `${one.at.file}:${one.at.line}:${one.at.column}` : one.address;
  const about = one.at && one.address ? paint("dim", one.address, style) : "";
  const title = [
    paint("strong", place ?? "", style),
    paint(tones[one.severity], language.told(severities[one.severity]), style),
    paint("dim", one.code, style),
  ]
    .filter(Boolean)
    .join("  ");
  const whole = about === "" ? title : `${title}  ${about}`;
  return [
    ...(columns(whole) <= style.width || about === "" ? [whole] : [title, `  ${about}`]),
    ...indentLines(wrap(language.told(textOf(one, "message")), style.width - 2), 2),
    ...(one.at ? indentLines(excerptLines(one.at, tones[one.severity], style), 2) : []),
    ...(one.hint
      ? indentLines(hanging(language.say`hint: `, language.told(textOf(one, "hint")), style), 2)
      : []),
  ];
}

/** The number of diagnostics by severity: "2 errors, 1 warning". */
export function tally(diagnostics: readonly Diagnostic[], language: Language = english): string {
  const by = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
  const parts = (["error", "warning", "note"] as const)
    .filter((one) => by(one) > 0)
    .map((one) => count(by(one), one, language));
  return parts.length === 0 ? language.say`No problems.` : language.say`${list(parts, language)}.`;
}

function excerptLines(at: Location, tone: Tone, style: Style): readonly string[] {
  if (at.excerpt === "") return [];
  const gutter = `${at.line} | `;
  const { line, start, width } = excerpt(at, Math.max(24, style.width - 2 - gutter.length));
  const margin = `${" ".repeat(gutter.length - 2)}| `;
  return [
    paint("dim", gutter, style) + line,
    `${paint("dim", margin, style)}${" ".repeat(start)}${paint(tone, `^${"~".repeat(width - 1)}`, style)}`,
  ];
}
