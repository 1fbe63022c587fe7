import { languageOf } from "../language/language.ts";
import { markdownDiagnostics, markdownValidation } from "./diagnostics.ts";
import { fenceBlock } from "./escape.ts";
import { clipText } from "./limit.ts";
import { markdownPlan } from "./plan.ts";
import { markdownReceipt } from "./receipt.ts";
import type { DocumentKind, ReportDocument } from "../document.ts";
import { defaultLimit, type Format, type Style } from "../report.ts";
import { renderText } from "../text/index.ts";

/**
 * Markdown for pull request comments. Reports never exceed the size limit, and untrusted text
 * cannot format or mention.
 */
export const markdown: Format = {
  name: "markdown",
  shared: true,
  renderers: {
    plan: ({ plan, approvals }, style) => markdownPlan(plan, style, approvals),
    receipt: ({ receipt, plan }, style) => markdownReceipt(receipt, plan, style),
    diagnostics: ({ diagnostics }, style) => markdownDiagnostics(diagnostics, style),
    validation: ({ validation }, style) => markdownValidation(validation, style),
  },
  otherwise: framed,
};

/** The languages of the text of documents that are written in one. */
const languages: Partial<Record<DocumentKind, string>> = { provenance: "yaml", edits: "diff" };

/** A document as text in a code block. */
function framed(document: ReportDocument, style: Style): string {
  const limit = style.limit ?? defaultLimit;
  const report = renderText(document, { ...style, color: false, width: 100 });
  const kept = clipText(report, limit - 300);
  const note =
    kept.length < report.length ? `\n${languageOf(style).say`The rest did not fit here.`}\n` : "";
  const lines = kept.trimEnd().split("\n");
  const block = fenceBlock(lines, languages[document.kind] ?? "");
  return clipText(`${block}\n${note}`, limit);
}
