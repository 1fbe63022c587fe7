import type { Diagnostic, Location } from "../model/diagnostic.ts";
import { clean } from "./clean.ts";
import { excerpt } from "./excerpt.ts";
import { columns, indent, page, wrap } from "./layout.ts";
import { paint, type Tone } from "./paint.ts";
import type { Style, Validation } from "./report.ts";
import { count } from "./words.ts";

const tones: Readonly<Record<Diagnostic["severity"], Tone>> = { error: "bad", warning: "caution", note: "accent" };

/** Diagnostics with their place, the excerpt underlined, and a hint; the count at the end. */
export function textDiagnostics(diagnostics: readonly Diagnostic[], style: Style): string {
  return page(...clean(diagnostics).map((one) => diagnosticLines(one, style)), [tally(diagnostics)]);
}

/** Whether the manifests are valid, and which checks were not made. */
export function textValidation(result: Validation, style: Style): string {
  const wrong = result.diagnostics.some((one) => one.severity === "error");
  const what = `${count(result.resources, "manifest")} in ${count(result.files, "file")}`;
  const verdict = wrong
    ? paint("bad", `${what}: not valid. ${tally(result.diagnostics)}`, style)
    : paint("good", `${what} ${result.resources === 1 ? "is" : "are"} valid.`, style);
  const warned = !wrong && result.diagnostics.length > 0 ? ` ${tally(result.diagnostics)}` : "";
  return page(
    ...clean(result.diagnostics).map((one) => diagnosticLines(one, style)),
    clean(result.notChecked).flatMap((one, index) => hanging(index === 0 ? "Not checked here: " : "                  ", one, style)),
    [verdict + warned],
  );
}

function hanging(label: string, text: string, style: Style): readonly string[] {
  return wrap(text, style.width - label.length).map((line, index) => (index === 0 ? label : " ".repeat(label.length)) + line);
}

/** One diagnostic, already clean. */
export function diagnosticLines(one: Diagnostic, style: Style): readonly string[] {
  const place = one.at ? `${one.at.file}:${one.at.line}:${one.at.column}` : one.address;
  const about = one.at && one.address ? paint("dim", one.address, style) : "";
  const title = [paint("strong", place ?? "", style), paint(tones[one.severity], one.severity, style), paint("dim", one.code, style)]
    .filter(Boolean)
    .join("  ");
  const whole = about === "" ? title : `${title}  ${about}`;
  return [
    ...(columns(whole) <= style.width || about === "" ? [whole] : [title, `  ${about}`]),
    ...indent(wrap(one.message, style.width - 2), 2),
    ...(one.at ? indent(excerptLines(one.at, tones[one.severity], style), 2) : []),
    ...(one.hint ? indent(hanging("hint: ", one.hint, style), 2) : []),
  ];
}

/** How many there are of each severity: "2 errors, 1 warning". */
export function tally(diagnostics: readonly Diagnostic[]): string {
  const by = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
  const parts = (["error", "warning", "note"] as const).filter((one) => by(one) > 0).map((one) => count(by(one), one));
  return parts.length === 0 ? "No problems." : `${parts.join(", ")}.`;
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
