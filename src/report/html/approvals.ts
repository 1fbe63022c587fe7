import { textOf } from "../../model/text/recorded.ts";
import type { Approval } from "../../model/plan/approval.ts";
import type { ApprovalNeed } from "../../model/plan/approval-need.ts";
import { code } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import type { Language } from "../language/language.ts";
import { count, formatMoment } from "../wording/format.ts";

/** The approvals a plan needs and has. */
export function approvalList(
  needs: readonly ApprovalNeed[],
  approvals: readonly Approval[],
  language: Language,
): Markup {
  if (needs.length === 0 && approvals.length === 0) return nothing;
  return html`${
    needs.length === 0
      ? nothing
      : html`<ul class="notices">${needs.map((one) => needItem(one, language))}</ul>
`
  }${approvalTable(approvals, language)}`;
}

function needItem(need: ApprovalNeed, language: Language): Markup {
  const { rule, approvals } = need;
  return html`<li class="guard"><p><strong>${language.say`Needs ${count(approvals, "approval", language)}`}</strong> ${rule === undefined ? nothing : code(rule)}</p><p>${language.told(textOf(need, "because"))}</p></li>
`;
}

/** Approvals with principal, time and key, and their signed statements. */
export function approvalTable(approvals: readonly Approval[], language: Language): Markup {
  if (approvals.length === 0) return nothing;
  const heads = [language.say`Who`, language.say`When`, language.say`Key`, language.say`Remark`];
  return html`<div class="wide" role="region" tabindex="0" aria-label="${language.say`Approvals`}"><table><caption class="hidden">${language.say`Approvals`}</caption>
<thead><tr>${heads.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${approvals.map(
    ({
      principal,
      at,
      fingerprint,
      note,
    }) => html`<tr><th scope="row">${principal}</th><td class="when">${formatMoment(at)}</td><td>${code(fingerprint)}</td><td>${note}</td></tr>
`,
  )}</tbody></table></div>
<details><summary>${language.say`The signed statements, to be checked with ssh-keygen -Y verify`}</summary>${approvals.map(({ statement, signature }) => html`<pre tabindex="0"><code>${statement.split("\n").map(lineOf)}${signature.split("\n").map(lineOf)}</code></pre>`)}</details>
`;
}

function lineOf(line: string): Markup {
  return line === ""
    ? nothing
    : html`${line}
`;
}
