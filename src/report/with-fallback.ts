import type { Plan } from "../model/plan/plan.ts";
import type { PolicyTests } from "../model/policy.ts";
import {
  isMasked,
  maskedDiagnostics,
  maskedExplanation,
  maskedPlan,
  maskedProvenance,
  maskedReceipt,
} from "./mask.ts";
import type { Format, Report, Style, Validation } from "./report.ts";
import { text } from "./text/index.ts";

/** Completes a format: masks personal data and renders unsupported subjects as text. */
export function complete(format: Format): Report {
  return discreet({ ...text, ...format });
}

/** The only place that masks personal data: formats receive data that is already masked. */
function discreet(format: Report & { readonly shared?: true }): Report {
  const hides = (style: Style) => isMasked(style, format.shared ?? false);
  const told = (style: Style): Style => ({ ...style, personal: hides(style) ? "masked" : "shown" });
  const seen = <T>(style: Style, given: T, mask: (given: T) => T): T =>
    hides(style) ? mask(given) : given;
  const planOf = (style: Style, plan: Plan | undefined) => plan && seen(style, plan, maskedPlan);
  return {
    ...format,
    diagnostics: (given, style) =>
      format.diagnostics(seen(style, given, maskedDiagnostics), told(style)),
    validation: (given, style) =>
      format.validation(seen(style, given, maskedValidation), told(style)),
    plan: (given, style, approvals) =>
      format.plan(seen(style, given, maskedPlan), told(style), approvals),
    receipt: (given, plan, style) =>
      format.receipt(seen(style, given, maskedReceipt), planOf(style, plan), told(style)),
    explanation: (given, style) =>
      format.explanation(seen(style, given, maskedExplanation), told(style)),
    history: (given, style) => format.history(given, told(style)),
    run: (given, style) => format.run(given, told(style)),
    verification: (given, style) => format.verification(given, told(style)),
    provenance: (given, style) =>
      format.provenance(seen(style, given, maskedProvenance), told(style)),
    policyTests: (given, style) => format.policyTests(seen(style, given, maskedTests), told(style)),
  };
}

function maskedValidation(result: Validation): Validation {
  return { ...result, diagnostics: maskedDiagnostics(result.diagnostics) };
}

function maskedTests(result: PolicyTests): PolicyTests {
  return { ...result, diagnostics: maskedDiagnostics(result.diagnostics) };
}
