import type { Approval } from "../model/approval.ts";
import { noHash } from "../model/ledger.ts";
import type { Action, Change, Plan } from "../model/plan.ts";
import { accessMatrix } from "./html-access.ts";
import { approvalList } from "./html-approvals.ts";
import { changeRow, type Frame, signOf } from "./html-changes.ts";
import { diagnosticList, guardList } from "./html-diagnostics.ts";
import { addressed, code, type Fact, facts, type Figure, figures } from "./html-facts.ts";
import { filterForm } from "./html-filter.ts";
import { handChecklist } from "./html-hand.ts";
import { html, type Markup, nothing } from "./html-markup.ts";
import { moneyTable, plus, signed } from "./html-money.ts";
import { type Page, page, type Part } from "./html-page.ts";
import { byHome, type Group, groupList, type Row } from "./html-rows.ts";
import { json } from "./json.ts";
import { type Language, languageOf } from "./language.ts";
import type { Style } from "./report.ts";
import { covered, verdict } from "./text-summary.ts";
import { leftAlone } from "./unmanaged.ts";
import { count, number, verbs } from "./words.ts";

/** A plan as a page: what stops it, what changes, who gains and loses what, what it costs, what is done by hand, and what to check it by. */
export function htmlPlan(plan: Plan, style: Style, approvals: readonly Approval[] = []): string {
  const language = languageOf(style);
  const title = verdict(plan, plan.changes.length, language);
  return page(
    { sort: language.say`Plan`, title, lead: lead(plan, language), parts: parts(plan, approvals, language), twin: twin(plan, style) },
    language,
  );
}

function twin(plan: Plan, style: Style): Page["twin"] {
  const command = `partnerctl plan --format json${style.personal === "masked" ? " --mask-personal" : ""}`;
  return { json: json.plan(plan, style), command, file: "plan.json" };
}

function parts(plan: Plan, approvals: readonly Approval[], language: Language): readonly Part[] {
  const { changes, problems, tripped, names } = plan;
  const rows = planRows(plan, { names, language });
  const homes = homesOf(changes);
  const hand = changes.filter((change) => change.by === "hand");
  const access = accessMatrix(changes, language);
  const stops = problems.length + tripped.length;
  return [
    {
      id: "stops",
      title: language.say`What stops it`,
      count: number(stops),
      content: html`${diagnosticList(problems, language)}${guardList(tripped, language)}`,
    },
    { id: "changes", title: language.say`Changes`, count: number(changes.length), content: changeList(rows, language) },
    { id: "access", title: language.say`Access gained and lost`, count: number(access.people), content: access.content },
    { id: "money", title: language.say`Money`, content: moneyTable(changes, (change) => homes(change), { totals: plan.totals, language }) },
    { id: "hand", title: language.say`By hand`, count: number(hand.length), content: handChecklist(hand, { names, language }) },
    {
      id: "approvals",
      title: language.say`Approvals`,
      count: number(approvals.length),
      content: approvalList(plan.approvals ?? [], approvals, language),
    },
    unmanagedPart(plan, language),
    { id: "basis", title: language.say`What to check it by`, content: basis(plan, language) },
  ];
}

/** The changes of a plan as rows, each at home with its customer or its kind. */
export function planRows({ changes }: Plan, frame: Frame): readonly Row[] {
  const home = homesOf(changes);
  return changes.map((change) => changeRow(change, home(change), frame));
}

/** Where a change is at home: with the object it lives in, with itself where others live in it, else with its kind. */
export function homesOf(changes: readonly Change[]): (change: Change) => string {
  const parents = new Set(changes.map((change) => change.parent));
  return ({ address, parent, kind }) => {
    if (parent !== undefined) return parent;
    const at = address.lastIndexOf("/");
    return parents.has(address) ? address : at > address.indexOf("/") ? address.slice(0, at) : kind;
  };
}

function changeList(rows: readonly Row[], language: Language): Markup {
  if (rows.length === 0) return nothing;
  const groups = [...byHome(rows)].map(
    ([home, members]): Group => ({
      title: addressed(home),
      aside: html`${count(members.length, "change", language)}`,
      rows: members,
    }),
  );
  return html`${filterForm(rows, language)}${groupList(groups)}`;
}

/** What a plan is for, and what it adds up to. */
export function lead(plan: Plan, language: Language): Markup {
  const { account, asOf, basis, scope } = plan;
  const all: readonly Fact[] = [
    [language.say`Account`, html`${code(account.id)} ${language.say`through ${account.adapter}`}`],
    [language.say`As of`, asOf],
    [language.say`Environment`, basis.environment],
    [language.say`Commit`, basis.commit === undefined ? undefined : code(basis.commit)],
    [language.say`Narrowed to`, scope === undefined ? undefined : html`${scope.map((one) => html`${addressed(one)} `)}`],
    [language.say`Plan`, code(plan.digest)],
  ];
  return html`${figures(figuresOf(plan, language))}${facts(all)}`;
}

function figuresOf({ totals }: Plan, language: Language): readonly Figure[] {
  const actions: readonly Action[] = ["create", "update", "upgrade", "remove", "release"];
  const counted = actions.map((action) => ({
    value: number(totals[action]),
    name: language.told(verbs[action]),
    sign: signOf(action, language),
    amount: totals[action],
  }));
  const price = totals.money;
  return [
    ...counted.filter(({ amount }) => amount > 0),
    ...(totals.hand > 0 ? [{ value: number(totals.hand), name: language.say`by hand` }] : []),
    ...(price === undefined
      ? []
      : [
          { value: signed(price.perMonth, price.currency), name: language.say`a month` },
          { value: signed(price.committed, price.currency), name: language.say`committed` },
        ]),
    ...(totals.seats === 0 ? [] : [{ value: plus(totals.seats), name: language.say`seats` }]),
  ];
}

function unmanagedPart(plan: Plan, language: Language): Part {
  const refs = leftAlone(plan);
  const item = ({
    kind,
    id,
    key,
    parent,
  }: (typeof refs)[number]) => html`<li>${kind} ${key} ${code(id)}${parent === undefined ? nothing : html` ${addressed(parent)}`}</li>
`;
  const content =
    refs.length === 0
      ? nothing
      : html`<p>${language.say`These are in the account and in no manifest. They are left alone.`}</p>
<details${refs.length > 20 ? nothing : html` open`}><summary>${language.say`All of them`}</summary><ul class="plain">${refs.map(item)}</ul></details>`;
  return { id: "unmanaged", title: language.say`Not managed`, count: number(refs.length), content };
}

function basis({ basis, coverage, digest, forecast, changes }: Plan, language: Language): Markup {
  const { head, id } = basis.ledger;
  const requests = language.say`about ${count(forecast.reads, "read", language)} and ${count(forecast.writes, "write", language)}`;
  return facts([
    [language.say`Plan`, code(digest)],
    [language.say`Ledger`, id === "" ? undefined : code(id)],
    [language.say`Ledger's head`, head === noHash ? language.say`empty so far` : code(head)],
    [language.say`Manifests`, code(basis.manifests)],
    [language.say`Settings`, code(basis.settings)],
    [language.say`Covered`, covered(coverage, language).join(" · ")],
    [language.say`Requests`, changes.length === 0 ? undefined : requests],
  ]);
}
