import { textOf } from "../../model/text/recorded.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { escapeJson } from "../sanitize.ts";
import { languageOf } from "../language/language.ts";
import type { ReportDocument, Validation } from "../document.ts";
import { type Format, render, type Renderers, type Style } from "../report.ts";

const renderers: Renderers = {
  plan: ({ plan }) => print(plan),
  receipt: ({ receipt }) => print(receipt),
  diagnostics: ({ diagnostics }, style) =>
    print({ version: 1, diagnostics: spoken(diagnostics, style) }),
  validation: ({ validation }, style) =>
    print({ version: 1, ...validation, ...spokenValidation(validation, style) }),
  history: ({ history }) => print({ version: 1, ...history }),
  run: ({ run }) => print({ version: 1, ...run }),
  verification: ({ verification }, style) =>
    print({ version: 1, ...verification, problems: spoken(verification.problems, style) }),
  explanation: ({ explanation }, style) =>
    print({ version: 1, ...explanation, problems: spoken(explanation.problems, style) }),
  credentials: ({ credentials }) => print({ version: 1, credentials }),
  renewals: ({ renewals }) => print({ version: 1, ...renewals }),
  priceChanges: ({ priceChanges }) => print({ version: 1, ...priceChanges }),
  invoices: ({ invoices }) => print({ version: 1, ...invoices }),
  invoice: ({ bill }) => print({ version: 1, ...bill }),
  reconciliation: ({ reconciliation }) => print({ version: 1, ...reconciliation }),
  offers: ({ offers }) => print({ version: 1, offers }),
  provenance: ({ resources }) =>
    print({
      version: 1,
      resources: resources.map(({ resource, document, fields }) => ({
        address: resource.address,
        document,
        fields,
      })),
    }),
  capabilities: ({ capabilities }) => print({ version: 1, ...capabilities }),
  reference: ({ reference }) => print({ version: 1, ...reference }),
  refresh: ({ refresh }) => print({ version: 1, ...refresh }),
  lease: ({ lease }) => print({ version: 1, lease: lease ?? null }),
  policyTests: ({ policyTests }, style) =>
    print({ version: 1, ...policyTests, diagnostics: spoken(policyTests.diagnostics, style) }),
  approval: ({ approval }) => print({ version: 1, ...approval }),
  edits: ({ edits }, style) =>
    print({ version: 1, ...edits, diagnostics: spoken(edits.diagnostics, style) }),
  // One line: a program reads it while the emulator runs.
  emulator: ({ emulator }) => `${JSON.stringify({ version: 1, ...emulator })}\n`,
};

/**
 * The documents as JSON. Plans and receipts are printed unchanged and untranslated, because digests
 * cover them. All others have `version` 1, and their diagnostics are in the reader's language.
 * Width and colour have no effect.
 */
export const json: Format = { name: "json", renderers };

/** A document of any kind as JSON, with the personal data that is in it. */
export function renderJson(document: ReportDocument, style: Style): string {
  return render(renderers, document, style) ?? "";
}

function spokenValidation(
  { diagnostics, notChecked }: Validation,
  style: Style,
): Pick<Validation, "diagnostics" | "notChecked"> {
  return {
    diagnostics: spoken(diagnostics, style),
    notChecked: notChecked.map(languageOf(style).told),
  };
}

/**
 * Translates messages and hints only; codes, locations and field order are the same in every
 * language.
 */
function spoken(diagnostics: readonly Diagnostic[], style: Style): readonly Diagnostic[] {
  const { told } = languageOf(style);
  return diagnostics.map((one) => ({
    ...one,
    message: told(textOf(one, "message")),
    ...(one.hint !== undefined && { hint: told(textOf(one, "hint")) }),
  }));
}

/**
 * Escapes each `<` that could start or end an element, which allows embedding the same bytes in an
 * HTML page.
 */
function print(document: object): string {
  return `${escapeJson(JSON.stringify(document, null, 2)).replaceAll(/<(?=[/!s])/giu, "\\u003c")}\n`;
}
