import { github } from "./github.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { isMasked, masked, maskedPlan } from "./mask.ts";
import type { Format, Report, Style, Subject } from "./report.ts";
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
  return {
    ...format,
    diagnostics: (diagnostics, style) => format.diagnostics(diagnostics, told(style)),
    validation: (result, style) => format.validation(result, told(style)),
    plan: (plan, style, approvals) => format.plan(hides(style) ? maskedPlan(plan) : plan, told(style), approvals),
    receipt: (receipt, plan, style) => format.receipt(receipt, plan && hides(style) ? maskedPlan(plan) : plan, told(style)),
    explanation: (result, style) => format.explanation(hides(style) ? { ...result, changes: masked(result.changes) } : result, told(style)),
  };
}
