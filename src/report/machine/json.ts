import { textOf } from "../../model/text/recorded.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { escapeJson } from "../sanitize.ts";
import { languageOf } from "../language/language.ts";
import type { Report, Style, Validation } from "../report.ts";

/**
 * The documents as JSON. Plans and receipts are printed unchanged and untranslated, because digests
 * cover them. All others have `version` 1, and their diagnostics are in the reader's language.
 * Width and colour have no effect.
 */
export const json: Report = {
  name: "json",
  plan: (plan) => print(plan),
  receipt: (receipt) => print(receipt),
  diagnostics: (diagnostics, style) =>
    print({ version: 1, diagnostics: spoken(diagnostics, style) }),
  validation: (result, style) =>
    print({ version: 1, ...result, ...spokenValidation(result, style) }),
  history: (history) => print({ version: 1, ...history }),
  run: (run) => print({ version: 1, ...run }),
  verification: (result, style) =>
    print({ version: 1, ...result, problems: spoken(result.problems, style) }),
  explanation: (result, style) =>
    print({ version: 1, ...result, problems: spoken(result.problems, style) }),
  credentials: (credentials) => print({ version: 1, credentials }),
  offers: (offers) => print({ version: 1, offers }),
  provenance: (resources) =>
    print({
      version: 1,
      resources: resources.map(({ resource, document, fields }) => ({
        address: resource.address,
        document,
        fields,
      })),
    }),
  capabilities: (result) => print({ version: 1, ...result }),
  reference: (entry) => print({ version: 1, ...entry }),
  lease: (lease) => print({ version: 1, lease: lease ?? null }),
  policyTests: (result, style) =>
    print({ version: 1, ...result, diagnostics: spoken(result.diagnostics, style) }),
};

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
