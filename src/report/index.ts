import type { Plan } from "../model/plan.ts";
import type { PolicyTests } from "../model/policy.ts";
import { github } from "./github.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { isMasked, maskedDiagnostics, maskedExplanation, maskedPlan, maskedProvenance, maskedReceipt } from "./mask.ts";
import type { Format, Report, Style, Subject, Validation } from "./report.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

export { clean } from "./clean.ts";
export { type Progress, progressLine } from "./progress.ts";
export type { Capabilities, History, LeaseHolder, Provenance, Reference, Report, Style, Subject, Validation } from "./report.ts";

/** Every output format. */
export const reports: readonly Format[] = [text, json, markdown, html, sarif, junit, github];

/** The names of the formats that can show all of these. */
export function showing(subjects: readonly Subject[]): readonly string[] {
  return reports.filter((one) => subjects.every((subject) => one[subject] !== undefined)).map((one) => one.name);
}

/** The format of this name; what it cannot show, text does. Throws a RangeError where there is none. */
export function report(name: string): Report {
  const found = reports.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`no report is called ${name}; there are ${reports.map((one) => one.name).join(", ")}`);
  return discreet({ ...text, ...found });
}

/** The one place where somebody's data is left out: no format sees it where the style does not want it shown. */
function discreet(format: Report & { readonly shared?: true }): Report {
  const hides = (style: Style) => isMasked(style, format.shared ?? false);
  const told = (style: Style): Style => ({ ...style, personal: hides(style) ? "masked" : "shown" });
  const seen = <T>(style: Style, given: T, mask: (given: T) => T): T => (hides(style) ? mask(given) : given);
  const planOf = (style: Style, plan: Plan | undefined) => plan && seen(style, plan, maskedPlan);
  return {
    ...format,
    diagnostics: (given, style) => format.diagnostics(seen(style, given, maskedDiagnostics), told(style)),
    validation: (given, style) => format.validation(seen(style, given, maskedValidation), told(style)),
    plan: (given, style, approvals) => format.plan(seen(style, given, maskedPlan), told(style), approvals),
    receipt: (given, plan, style) => format.receipt(seen(style, given, maskedReceipt), planOf(style, plan), told(style)),
    explanation: (given, style) => format.explanation(seen(style, given, maskedExplanation), told(style)),
    history: (given, style) => format.history(given, told(style)),
    run: (given, style) => format.run(given, told(style)),
    verification: (given, style) => format.verification(given, told(style)),
    provenance: (given, style) => format.provenance(seen(style, given, maskedProvenance), told(style)),
    policyTests: (given, style) => format.policyTests(seen(style, given, maskedTests), told(style)),
  };
}

function maskedValidation(result: Validation): Validation {
  return { ...result, diagnostics: maskedDiagnostics(result.diagnostics) };
}

function maskedTests(result: PolicyTests): PolicyTests {
  return { ...result, diagnostics: maskedDiagnostics(result.diagnostics) };
}
