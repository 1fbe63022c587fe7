import type { Approval } from "../../model/plan/approval.ts";
import type { Change, Plan } from "../../model/plan/plan.ts";
import { accessMatrix } from "./access.ts";
import { approvalList } from "./approvals.ts";
import { changeRow, type ChangeContext } from "./changes.ts";
import { diagnosticList, guardList } from "./diagnostics.ts";
import { addressMarkup } from "./page/facts.ts";
import { filterForm } from "./page/filter.ts";
import { manualChecklist } from "./manual-steps.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { moneyTable } from "./money.ts";
import { type HtmlPage, type PageSection, page, printCommand } from "./page/page.ts";
import { basis, planLead, unmanagedPart, upcomingPart } from "./plan-facts.ts";
import { byHome, type RowGroup, groupList, type PageRow } from "./page/rows.ts";
import { renderJson } from "../machine/json.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";
import { orderPlan } from "../wording/natural-order.ts";
import { count, number } from "../wording/format.ts";

/**
 * A plan as a page: problems and guards, changes, access, money, manual steps, approvals, unmanaged
 * objects and digests.
 */
export function htmlPlan(plan: Plan, style: Style, approvals: readonly Approval[] = []): string {
  const language = languageOf(style);
  const title = [plan.asOf, plan.basis.environment].filter(Boolean).join(" · ");
  return page(
    {
      sort: language.say`Plan`,
      title,
      lead: planLead(plan, language),
      parts: parts(orderPlan(plan), approvals, style),
      embedded: embedded(plan, style),
    },
    language,
  );
}

function embedded(plan: Plan, style: Style): HtmlPage["embedded"] {
  return {
    json: renderJson({ kind: "plan", plan }, style),
    command: printCommand("partnerctl plan", style),
    file: "plan.json",
  };
}

function parts(plan: Plan, approvals: readonly Approval[], style: Style): readonly PageSection[] {
  const language = languageOf(style);
  const { changes, problems, tripped, names } = plan;
  const rows = planRows(plan, { names, language });
  const homes = homesOf(changes);
  const manual = changes.filter((change) => change.by === "manual");
  const access = accessMatrix(changes, language);
  const stops = problems.length + tripped.length;
  return [
    {
      id: "stops",
      title: language.say`What stops it`,
      count: number(stops),
      content: html`${diagnosticList(problems, language)}${guardList(tripped, language)}`,
    },
    {
      id: "changes",
      title: language.say`Changes`,
      count: number(changes.length),
      content: changeList(rows, language),
    },
    {
      id: "access",
      title: language.say`Access gained and lost`,
      count: number(access.people),
      content: access.content,
    },
    {
      id: "money",
      title: language.say`Money`,
      content: moneyTable(changes, (change) => homes(change), { totals: plan.totals, language }),
    },
    {
      id: "manual",
      title: language.say`Manual steps`,
      count: number(manual.length),
      content: manualChecklist(manual, { names, language }),
    },
    {
      id: "approvals",
      title: language.say`Approvals`,
      count: number(approvals.length),
      content: approvalList(plan.approvals ?? [], approvals, language),
    },
    upcomingPart(plan, language),
    unmanagedPart(plan, language),
    { id: "basis", title: language.say`What to check it by`, content: basis(plan, language) },
  ];
}

/** A plan's changes as rows, grouped by home. */
export function planRows({ changes }: Plan, frame: ChangeContext): readonly PageRow[] {
  const home = homesOf(changes);
  return changes.map((change) => changeRow(change, home(change), frame));
}

/**
 * Returns a function that finds a change's home: its parent; itself if other changes have it as
 * parent; the address without the last segment; else its kind.
 */
export function homesOf(changes: readonly Change[]): (change: Change) => string {
  const parents = new Set(changes.map((change) => change.parent));
  return ({ address, parent, kind }) => {
    if (parent !== undefined) return parent;
    const at = address.lastIndexOf("/");
    return parents.has(address) ? address : at > address.indexOf("/") ? address.slice(0, at) : kind;
  };
}

function changeList(rows: readonly PageRow[], language: Language): Markup {
  if (rows.length === 0) return nothing;
  const groups = [...byHome(rows)].map(
    ([home, members]): RowGroup => ({
      title: addressMarkup(home),
      aside: html`${count(members.length, "change", language)}`,
      rows: members,
    }),
  );
  return html`${filterForm(rows, language)}${groupList(groups)}`;
}
