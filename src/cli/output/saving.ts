import type { Report, Style } from "../../report/report.ts";
import { replaceFile } from "../../store/files/atomic-write.ts";

/** A file to which the result is also written, in its own format. */
export interface Save {
  readonly format: string;
  readonly file: string;
}

/**
 * The chosen format; each call also writes the document to the files in the other formats. The
 * files are world-readable.
 */
export function withSavedFormats(
  chosen: Report,
  others: readonly { readonly file: string; readonly other: Report }[],
): Report {
  if (others.length === 0) return chosen;
  const all = (style: Style, show: (one: Report, style: Style) => string): string => {
    for (const { file, other } of others)
      replaceFile(file, show(other, { ...style, color: false }), { mode: 0o644 });
    return show(chosen, style);
  };
  return {
    name: chosen.name,
    plan: (plan, style, approvals) => all(style, (one, how) => one.plan(plan, how, approvals)),
    receipt: (receipt, plan, style) => all(style, (one, how) => one.receipt(receipt, plan, how)),
    diagnostics: (diagnostics, style) =>
      all(style, (one, how) => one.diagnostics(diagnostics, how)),
    validation: (result, style) => all(style, (one, how) => one.validation(result, how)),
    history: (history, style) => all(style, (one, how) => one.history(history, how)),
    run: (run, style) => all(style, (one, how) => one.run(run, how)),
    verification: (result, style) => all(style, (one, how) => one.verification(result, how)),
    explanation: (result, style) => all(style, (one, how) => one.explanation(result, how)),
    credentials: (rows, style) => all(style, (one, how) => one.credentials(rows, how)),
    offers: (rows, style) => all(style, (one, how) => one.offers(rows, how)),
    provenance: (resources, style) => all(style, (one, how) => one.provenance(resources, how)),
    capabilities: (result, style) => all(style, (one, how) => one.capabilities(result, how)),
    reference: (entry, style) => all(style, (one, how) => one.reference(entry, how)),
    policyTests: (result, style) => all(style, (one, how) => one.policyTests(result, how)),
    lease: (lease, style) => all(style, (one, how) => one.lease(lease, how)),
  };
}
