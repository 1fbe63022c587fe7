import type { Diagnostic } from "../../model/diagnostic.ts";
import { diagnosticList } from "./diagnostics.ts";
import { htmlHistory, htmlRun } from "./history.ts";
import { html as markup, nothing } from "./page/markup.ts";
import { page, printCommand } from "./page/page.ts";
import { htmlPlan } from "./plan.ts";
import { htmlVerification } from "./verification.ts";
import { htmlReceipt } from "./receipt.ts";
import { json } from "../machine/json.ts";
import { languageOf } from "../language/language.ts";
import type { Format, Style, Validation } from "../report.ts";
import { tally } from "../text/diagnostics.ts";
import { orderDiagnostics } from "../wording/natural-order.ts";
import { count, number } from "../wording/format.ts";

/** HTML for review without an account or network: a self-contained page with its source JSON. */
export const html: Format = {
  name: "html",
  shared: true,
  plan: htmlPlan,
  receipt: htmlReceipt,
  diagnostics: (diagnostics, style) =>
    found(
      diagnostics,
      {
        command: printCommand("partnerctl COMMAND", style),
        json: json.diagnostics(diagnostics, style),
      },
      style,
    ),
  validation,
  history: htmlHistory,
  run: htmlRun,
  verification: htmlVerification,
};

function validation(result: Validation, style: Style): string {
  const language = languageOf(style);
  const unchecked = result.notChecked.map((one) => markup`<li>${language.told(one)}</li>`);
  const lead = markup`<p>${language.say`${count(result.resources, "manifest", language)} in ${count(result.files, "file", language)}`}</p>${unchecked.length === 0 ? nothing : markup`<p>${language.say`Not checked here:`}</p><ul class="plain">${unchecked}</ul>`}`;
  return found(
    result.diagnostics,
    {
      command: printCommand("partnerctl validate", style),
      json: json.validation(result, style),
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
