import { textOf } from "../../model/text/recorded.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Tripped } from "../../model/plan/plan.ts";
import { allowOption } from "../wording/allow.ts";
import { addressMarkup, code } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import type { Language } from "../language/language.ts";
import { some } from "../wording/format.ts";

/** Diagnostics as a list: location, message, excerpt and hint. */
export function diagnosticList(diagnostics: readonly Diagnostic[], language: Language): Markup {
  if (diagnostics.length === 0) return nothing;
  return html`<ul class="notices">${diagnostics.map((one) => diagnosticItem(one, language))}</ul>
`;
}

function diagnosticItem(one: Diagnostic, language: Language): Markup {
  const { severity, code: name, at, address, hint } = one;
  const place = at === undefined ? undefined : `${at.file}:${at.line}:${at.column}`;
  const where =
    place === undefined ? (address === undefined ? nothing : addressMarkup(address)) : code(place);
  const words = {
    error: language.say`Error`,
    warning: language.say`Warning`,
    note: language.say`Note`,
  };
  return html`<li class="${severity}"><p><strong>${words[severity]}</strong> ${where} <span class="note">${name}</span></p>
<p>${language.told(textOf(one, "message"))}</p>${at?.excerpt.trim() ? html`<pre tabindex="0"><code>${at.excerpt.trim()}</code></pre>` : nothing}${hint ? html`<p class="note">${language.say`Hint: ${language.told(textOf(one, "hint"))}`}</p>` : nothing}</li>
`;
}

/** The guards that stop a plan, and how to lift each. */
export function guardList(tripped: readonly Tripped[], language: Language): Markup {
  if (tripped.length === 0) return nothing;
  return html`<ul class="notices">${tripped.map((one) => guardItem(one, language))}</ul>
`;
}

function guardItem(tripped: Tripped, language: Language): Markup {
  const { name, changes } = tripped;
  const because =
    changes.length === 0
      ? nothing
      : html`<p class="note">${language.say`Because of ${some(changes, 5, language)}.`}</p>`;
  return html`<li class="guard"><p><strong>${language.say`Guard`}</strong> ${code(name)}</p><p>${language.told(textOf(tripped, "message"))}</p>${because}<p class="note">${language.say`It is lifted for one run with`} <code>${allowOption(tripped)}</code></p></li>
`;
}
