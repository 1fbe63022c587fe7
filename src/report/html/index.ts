import type { Diagnostic } from "../../model/diagnostic.ts";
import { diagnosticList } from "./diagnostics.ts";
import { htmlBilling } from "./billing.ts";
import { htmlHistory, htmlRun } from "./history.ts";
import { html as markup, nothing } from "./page/markup.ts";
import { page, printCommand } from "./page/page.ts";
import { htmlPlan } from "./plan.ts";
import { htmlVerification } from "./verification.ts";
import { htmlRenewals } from "./renewals.ts";
import { htmlReceipt } from "./receipt.ts";
import { renderJson } from "../machine/json.ts";
import { languageOf } from "../language/language.ts";
import type { Validation } from "../document.ts";
import type { Format, Style } from "../report.ts";
import { tally } from "../text/diagnostics.ts";
import { orderDiagnostics } from "../wording/natural-order.ts";
import { count, number } from "../wording/format.ts";

/** HTML for review without an account or network: a self-contained page with its source JSON. */
export const html: Format = {
  name: "html",
  shared: true,
  renderers: {
    plan: ({ plan, approvals }, style) => htmlPlan(plan, style, approvals),
    receipt: ({ receipt, plan }, style) => htmlReceipt(receipt, plan, style),
    diagnostics: (document, style) =>
      found(
        document.diagnostics,
        {
          command: printCommand("partnerctl COMMAND", style),
          json: renderJson(document, style),
        },
        style,
      ),
    validation: ({ validation }, style) => htmlValidation(validation, style),
    renewals: ({ renewals }, style) => htmlRenewals(renewals, style),
    history: ({ history }, style) => htmlHistory(history, style),
    invoices: htmlBilling,
    invoice: htmlBilling,
    reconciliation: htmlBilling,
    run: ({ run }, style) => htmlRun(run, style),
    verification: ({ verification }, style) => htmlVerification(verification, style),
  },
};

function htmlValidation(validation: Validation, style: Style): string {
  const language = languageOf(style);
  const unchecked = validation.notChecked.map((one) => markup`<li>${language.told(one)}</li>`);
  const lead = markup`<p>${language.say`${count(validation.resources, "manifest", language)} in ${count(validation.files, "file", language)}`}</p>${unchecked.length === 0 ? nothing : markup`<p>${language.say`Not checked here:`}</p><ul class="plain">${unchecked}</ul>`}`;
  return found(
    validation.diagnostics,
    {
      command: printCommand("partnerctl validate", style),
      json: renderJson({ kind: "validation", validation }, style),
      lead,
    },
    style,
  );
}

function found(
  diagnostics: readonly Diagnostic[],
  {
    command,
    json: embedded,
    lead = nothing,
  }: { readonly command: string; readonly json: string; readonly lead?: typeof nothing },
  style: Style,
): string {
  const language = languageOf(style);
  const title = diagnostics.length === 0 ? language.say`No problems` : tally(diagnostics, language);
  const parts = [
    {
      id: "found",
      title: language.say`What was found`,
      count: number(diagnostics.length),
      content: diagnosticList(orderDiagnostics(diagnostics), language),
    },
  ];
  return page(
    {
      sort: language.say`Check`,
      title,
      lead,
      parts,
      embedded: { json: embedded, command, file: "diagnostics.json" },
    },
    language,
  );
}
