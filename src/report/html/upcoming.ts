import type { Plan } from "../../model/plan/plan.ts";
import type { Language } from "../language/language.ts";
import { number } from "../wording/format.ts";
import { upcomingFields } from "../text/plan/upcoming.ts";
import { addressMarkup } from "./page/facts.ts";
import { html, nothing } from "./page/markup.ts";
import type { PageSection } from "./page/page.ts";

/** The section of changes to come. */
export function upcomingPart({ upcoming = [], names }: Plan, language: Language): PageSection {
  const title = language.say`Upcoming`;
  const heads = [language.say`Day`, language.say`What`, language.say`Change`];
  const rows = upcoming.map(
    (
      one,
    ) => html`<tr><th scope="row" class="when">${one.on}</th><td>${addressMarkup(one.address)}</td><td>${upcomingFields(one, names, language)}</td></tr>
`,
  );
  const content =
    rows.length === 0
      ? nothing
      : html`<p>${language.say`This plan does not do these. Each is planned from its day on.`}</p>
<div class="wide" role="region" tabindex="0" aria-labelledby="upcoming-title"><table><thead><tr>${heads.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
`;
  return { id: "upcoming", title, count: number(upcoming.length), content };
}
