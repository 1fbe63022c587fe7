import { escaped } from "./clean.ts";
import type { Report } from "./report.ts";

/** The documents themselves, for machines: a plan and a receipt as they are, all else under `version` 1. Width and colour change nothing. */
export const json: Report = {
  name: "json",
  plan: (plan) => print(plan),
  receipt: (receipt) => print(receipt),
  diagnostics: (diagnostics) => print({ version: 1, diagnostics }),
  validation: (result) => print({ version: 1, ...result }),
  history: (history) => print({ version: 1, ...history }),
  run: (run) => print({ version: 1, ...run }),
  verification: (result) => print({ version: 1, ...result }),
  explanation: (result) => print({ version: 1, ...result }),
  offers: (offers) => print({ version: 1, offers }),
  provenance: (resources) =>
    print({
      version: 1,
      resources: resources.map(({ resource, document, fields }) => ({ address: resource.address, document, fields })),
    }),
  capabilities: (result) => print({ version: 1, ...result }),
  reference: (entry) => print({ version: 1, ...entry }),
  lease: (lease) => print({ version: 1, lease: lease ?? null }),
  policyTests: (result) => print({ version: 1, ...result }),
};

/** A `<` that could end or open an element is escaped, so that the very same bytes can stand inside a page. */
function print(document: object): string {
  return `${escaped(JSON.stringify(document, null, 2)).replaceAll(/<(?=[/!s])/giu, "\\u003c")}\n`;
}
