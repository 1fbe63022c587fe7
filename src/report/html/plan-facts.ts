import { noHash } from "../../model/ledger/ledger.ts";
import type { Action, Plan } from "../../model/plan/plan.ts";
import { signOf } from "./changes.ts";
import { addressMarkup, code, type Fact, type Figure, facts, figures } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { plus, formatSignedMoney } from "./money.ts";
import type { PageSection } from "./page/page.ts";
import { irreversibleSentences } from "../wording/irreversible.ts";
import type { Language } from "../language/language.ts";
import { describeReadings, summarizeCoverage } from "../wording/coverage.ts";
import { verdict } from "../wording/summary.ts";
import { upcomingFields } from "../text/plan/upcoming.ts";
import { leftAlone } from "../wording/coverage.ts";
import { count, number, verbs } from "../wording/format.ts";

/** The facts and totals at the top of a plan's page. */
export function planLead(plan: Plan, language: Language): Markup {
  const { account, asOf, basis, scope, partial } = plan;
  const all: readonly Fact[] = [
    [language.say`Account`, html`${code(account.id)} ${language.say`through ${account.adapter}`}`],
    [language.say`Environment`, basis.environment],
    [language.say`As of`, plan.hypothetical ? language.say`as if it were ${asOf}` : asOf],
    [
      language.say`Commit`,
      basis.commit === undefined
        ? undefined
        : html`${code(basis.commit)}${basis.localChanges ? language.say` (with local changes)` : ""}`,
    ],
    [language.say`Narrowed to`, scope && narrowedTo(scope, language)],
    [
      language.say`Read`,
      partial
        ? language.say`Not all manifests were read; what is not among these is left alone.`
        : undefined,
    ],
    [language.say`Plan`, code(plan.digest)],
  ];
  const told = verdict(plan, plan.changes.length, language);
  const grave = irreversibleSentences(plan.changes, plan.names, language).map(
    (one) => html`<p class="grave">${one}</p>`,
  );
  return html`${grave}${plan.changes.length > 0 ? figures(figuresOf(plan, language)) : html`<p class="verdict">${told}</p>`}${facts(all)}`;
}

/** At most 20 addresses; the scope can contain nearly all of an account. */
function narrowedTo(scope: readonly string[], language: Language): Markup {
  const [shown, more] = [scope.slice(0, 20), Math.max(0, scope.length - 20)];
  const rest = more > 0 ? language.say`… and ${number(more)} more` : "";
  return scope.length === 0
    ? html`${language.say`(none)`}`
    : html`${shown.map((one) => html`${addressMarkup(one)} `)}${rest}`;
}

function figuresOf({ totals, unchanged }: Plan, language: Language): readonly Figure[] {
  const actions: readonly Action[] = [
    "create",
    "update",
    "upgrade",
    "remove",
    "forget",
    "rename",
    "protect",
    "unprotect",
  ];
  const counted = actions.map((action) => ({
    value: number(totals[action]),
    name: language.told(verbs[action]),
    sign: signOf(action, language),
    amount: totals[action],
  }));
  const price = totals.money;
  return [
    ...counted.filter(({ amount }) => amount > 0),
    ...(totals.manual > 0 ? [{ value: number(totals.manual), name: language.say`manual` }] : []),
    ...(price === undefined
      ? []
      : [
          { value: formatSignedMoney(price.perMonth, price.currency), name: language.say`a month` },
          {
            value: formatSignedMoney(price.committed, price.currency),
            name: language.say`committed`,
          },
        ]),
    ...(totals.unpriced === undefined
      ? []
      : [{ value: number(totals.unpriced), name: language.say`without a known price` }]),
    ...(totals.seats === 0 ? [] : [{ value: plus(totals.seats), name: language.say`seats` }]),
    { value: number(unchanged), name: language.say`as declared` },
  ];
}

/** The section of unmanaged objects that the plan does not remove. */
export function unmanagedPart(plan: Plan, language: Language): PageSection {
  const refs = leftAlone(plan);
  const item = ({
    kind,
    id,
    key,
    parent,
  }: (typeof refs)[number]) => html`<li>${kind} ${key} ${code(id)}${parent === undefined ? nothing : html` ${addressMarkup(parent)}`}</li>
`;
  const content =
    refs.length === 0
      ? nothing
      : html`<p>${language.say`These are in the account and in no manifest. They are left alone.`}</p>
<details${refs.length > 20 ? nothing : html` open`}><summary>${language.say`All of them`}</summary><ul class="plain">${refs.map(item)}</ul></details>`;
  return { id: "unmanaged", title: language.say`Not managed`, count: number(refs.length), content };
}

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

/** The digests for verifying a plan. */
export function basis(
  { basis, coverage, digest, forecast, changes, readings }: Plan,
  language: Language,
): Markup {
  const { head, id } = basis.ledger;
  const requests = language.say`about ${count(forecast.reads, "read", language)} and ${count(forecast.writes, "write", language)}`;
  return facts([
    [language.say`Plan`, code(digest)],
    [language.say`Ledger`, id === "" ? undefined : code(id)],
    [language.say`Ledger's head`, head === noHash ? language.say`empty so far` : code(head)],
    [language.say`Manifests`, code(basis.manifests)],
    [language.say`Settings`, code(basis.settings)],
    [language.say`Covered`, summarizeCoverage(coverage, language).join(" · ")],
    [language.say`Readings`, describeReadings(readings, language).join(" · ") || undefined],
    [language.say`Requests`, changes.length === 0 ? undefined : requests],
  ]);
}
