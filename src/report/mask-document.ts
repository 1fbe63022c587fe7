import type { Diagnostic } from "../model/diagnostic.ts";
import type { ReportDocument } from "./document.ts";
import {
  maskedDiagnostics,
  maskedEdits,
  maskedExplanation,
  maskedPlan,
  maskedProvenance,
  maskedReceipt,
} from "./mask.ts";

/** A copy of a document without personal data, for display. */
export function maskedDocument(document: ReportDocument): ReportDocument {
  switch (document.kind) {
    case "plan":
      return { ...document, plan: maskedPlan(document.plan) };
    case "receipt": {
      const { receipt, plan } = document;
      return {
        kind: "receipt",
        receipt: maskedReceipt(receipt),
        ...(plan && { plan: maskedPlan(plan) }),
      };
    }
    case "diagnostics":
      return maskedProblems(document);
    case "validation":
      return { ...document, validation: maskedProblems(document.validation) };
    case "policyTests":
      return { ...document, policyTests: maskedProblems(document.policyTests) };
    case "explanation":
      return { ...document, explanation: maskedExplanation(document.explanation) };
    case "provenance":
      return { ...document, resources: maskedProvenance(document.resources) };
    case "edits":
      return { ...document, edits: maskedEdits(document.edits, document.quotes) };
    default:
      return document;
  }
}

function maskedProblems<Result extends { readonly diagnostics: readonly Diagnostic[] }>(
  result: Result,
): Result {
  return { ...result, diagnostics: maskedDiagnostics(result.diagnostics) };
}
