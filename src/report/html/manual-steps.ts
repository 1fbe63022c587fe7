import { textsOf } from "../../model/text/recorded.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { ChangeContext } from "./changes.ts";
import { addressMarkup } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { nameIds } from "../wording/value.ts";

/** Manual steps as a checklist for screen or paper. */
export function manualChecklist(
  changes: readonly Change[],
  { names, language }: ChangeContext,
): Markup {
  if (changes.length === 0) return nothing;
  const item = (change: Change) => html`<li><p class="head">${addressMarkup(change.address)}</p>
<ol class="steps">${textsOf(change, "steps").map((step) => html`<li><label><input type="checkbox"><span>${nameIds(language.told(step), names)}</span></label></li>`)}</ol></li>
`;
  return html`<p>${language.say`This backend has no way to write these; a person does, once the plan is applied.`}</p>
<ul class="rows">${changes.map(item)}</ul>
<p class="note">${language.say`Then record each of them:`} <code>partnerctl ledger attest PLAN ADDRESS</code></p>`;
}
