import { languageOf } from "../language/language.ts";
import { markdownDiagnostics, markdownValidation } from "./diagnostics.ts";
import { fenceBlock } from "./escape.ts";
import { clipText } from "./limit.ts";
import { markdownPlan } from "./plan.ts";
import { markdownReceipt } from "./receipt.ts";
import { defaultLimit, type Report, type Style } from "../report.ts";
import { text } from "../text/index.ts";

/**
 * Markdown for pull request comments. Reports never exceed the size limit, and untrusted text
 * cannot format or mention.
 */
export const markdown: Report & { readonly shared: true } = {
  name: "markdown",
  shared: true,
  plan: markdownPlan,
  receipt: markdownReceipt,
  diagnostics: markdownDiagnostics,
  validation: markdownValidation,
  history: (history, style) => framed(text.history(history, plain(style)), "", style),
  run: (run, style) => framed(text.run(run, plain(style)), "", style),
  verification: (result, style) => framed(text.verification(result, plain(style)), "", style),
  explanation: (result, style) => framed(text.explanation(result, plain(style)), "", style),
  credentials: (rows, style) => framed(text.credentials(rows, plain(style)), "", style),
  offers: (rows, style) => framed(text.offers(rows, plain(style)), "", style),
  provenance: (resources, style) => framed(text.provenance(resources, plain(style)), "yaml", style),
  capabilities: (result, style) => framed(text.capabilities(result, plain(style)), "", style),
  reference: (entry, style) => framed(text.reference(entry, plain(style)), "", style),
  lease: (lease, style) => framed(text.lease(lease, plain(style)), "", style),
  policyTests: (result, style) => framed(text.policyTests(result, plain(style)), "", style),
};

function plain(style: Style): Style {
  return { ...style, color: false, width: 100 };
}

function framed(report: string, language: string, style: Style): string {
  const limit = style.limit ?? defaultLimit;
  const kept = clipText(report, limit - 300);
  const note =
    kept.length < report.length ? `\n${languageOf(style).say`The rest did not fit here.`}\n` : "";
  return clipText(`${fenceBlock(kept.trimEnd().split("\n"), language)}\n${note}`, limit);
}
