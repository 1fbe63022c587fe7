import { compare } from "../../model/diagnostic.ts";
import type { Attestation, Maintenance, RunRecord } from "../../model/ledger/history.ts";
import type { Approval } from "../../model/plan/approval.ts";
import { type Language, languageOf } from "../language/language.ts";
import { renderJson } from "../machine/json.ts";
import type { History } from "../document.ts";
import type { Style } from "../report.ts";
import { maintenanceWords } from "../text/history/history.ts";
import { formatMoment, list, number } from "../wording/format.ts";
import { formatPointer } from "../wording/value.ts";
import { approvalTable } from "./approvals.ts";
import { moneyTable } from "./money.ts";
import { addressMarkup, code, type Figure, figures } from "./page/facts.ts";
import { filterForm } from "./page/filter.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { page, type PageSection } from "./page/page.ts";
import { groupList, type PageRow, type RowGroup } from "./page/rows.ts";
import { endSign, statusWord, tallyStatuses } from "./results.ts";
import { runGroup } from "./runs.ts";
import { proofFacts } from "./verification.ts";

/**
 * The ledger's history of a period as a page: runs, attestations, ledger maintenance, approvals and
 * the ledger's proof.
 */
export function htmlHistory(history: History, style: Style): string {
  const language = languageOf(style);
  const { period } = history;
  const command = `partnerctl history${period?.from ? ` --from ${period.from}` : ""}${period?.to ? ` --to ${period.to}` : ""} --format json`;
  const runs = history.runs.length;
  const lead = figures([
    { value: number(runs), name: runs === 1 ? language.say`run` : language.say`runs` },
    ...figuresOf(history, language),
  ]);
  const title = periodWords(period, language);
  const embedded = {
    json: renderJson({ kind: "history", history }, style),
    command,
    file: "history.json",
  };
  return page(
    { sort: language.say`History`, title, lead, parts: historyParts(history, language), embedded },
    language,
  );
}

/** One run as a page. */
export function htmlRun(run: RunRecord, style: Style): string {
  const language = languageOf(style);
  const embedded = {
    json: renderJson({ kind: "run", run }, style),
    command: `partnerctl history ${run.run} --format json`,
    file: `run-${run.run.replace(/[^\w-]/g, "")}.json`,
  };
  const lead = html`${figures(figuresOf({ runs: [run], attestations: [] }, language))}`;
  const parts = historyParts({ runs: [run], attestations: [] }, language);
  return page(
    {
      sort: language.say`Run`,
      title: language.say`${formatMoment(run.openedAt)} by ${run.actor}`,
      lead,
      parts,
      embedded,
    },
    language,
  );
}

function periodWords(period: History["period"], language: Language): string {
  const { from, to } = period ?? {};
  if (from !== undefined && to !== undefined)
    return language.say`${from} to ${to}, both days included, UTC`;
  if (from !== undefined) return language.say`since ${from}, UTC`;
  return to === undefined ? language.say`all of it` : language.say`until ${to}, UTC`;
}

function figuresOf({ runs }: History, language: Language): readonly Figure[] {
  const counted = tallyStatuses(runs.flatMap((run) => run.changes.map((change) => change.status)));
  return counted.map(([status, amount]) => ({
    value: number(amount),
    name: statusWord(status, language),
    sign: endSign(status),
  }));
}

/** What the changes that were done cost, by customer. */
function moneyDone(runs: History["runs"], language: Language): Markup {
  const done = runs.flatMap(({ changes }) =>
    changes.flatMap(({ status, planned, action, address }) =>
      status === "done" && planned ? [{ action, address, impact: planned.impact }] : [],
    ),
  );
  const home = ({ address }: { readonly address: string }) =>
    address.split("/").slice(1, -1).join("/") || address;
  return moneyTable(done, home, { language });
}

function historyParts(
  { runs, attestations, maintenance = [], proof }: History,
  language: Language,
): readonly PageSection[] {
  const newest = [...runs].sort((left, right) => compare(right.openedAt, left.openedAt));
  const groups = newest.map((run) => runGroup(run, language));
  const rows = groups.flatMap((group) => found(group));
  const approvals = distinct(runs.flatMap((run) => run.approvals ?? []));
  const content =
    groups.length === 0
      ? html`<p>${language.say`Nothing was applied.`}</p>`
      : html`${filterForm(rows, language)}${groupList(groups)}`;
  return [
    { id: "runs", title: language.say`Runs`, count: number(runs.length), content },
    { id: "money", title: language.say`Money`, content: moneyDone(runs, language) },
    {
      id: "attested",
      title: language.say`Done manually, and attested`,
      count: number(attestations.length),
      content: attestationTable(attestations, language),
    },
    {
      id: "maintenance",
      title: language.say`Done to the ledger itself`,
      count: number(maintenance.length),
      content: maintenanceList(maintenance, language),
    },
    {
      id: "approvals",
      title: language.say`Approvals`,
      count: number(approvals.length),
      content: approvalTable(approvals, language),
    },
    {
      id: "proof",
      title: language.say`The ledger's proof`,
      content: proof === undefined ? nothing : proofFacts(proof, language),
    },
  ];
}

/** The filterable rows of a group, or the group itself if it has none. */
function found({ rows, facets = {} }: RowGroup): readonly Pick<PageRow, "facets">[] {
  return rows.length > 0 ? rows : [{ facets }];
}

function distinct(approvals: readonly Approval[]): readonly Approval[] {
  return [...new Map(approvals.map((one) => [one.signature, one])).values()];
}

function maintenanceList(maintenance: readonly Maintenance[], language: Language): Markup {
  if (maintenance.length === 0) return nothing;
  const told = (one: Maintenance) =>
    [formatMoment(one.at), one.actor, maintenanceWords(one, language), one.reason ?? ""].filter(
      Boolean,
    );
  return html`<ul>${maintenance.map((one) => html`<li>${told(one).join(" · ")}</li>`)}</ul>`;
}

function attestationTable(attestations: readonly Attestation[], language: Language): Markup {
  if (attestations.length === 0) return nothing;
  const heads = [
    language.say`What`,
    language.say`Fields`,
    language.say`Who`,
    language.say`When`,
    language.say`Plan`,
    language.say`Remark`,
  ];
  return html`<div class="wide" role="region" tabindex="0" aria-labelledby="attested-title"><table><caption class="hidden">${language.say`Manual steps`}</caption>
<thead><tr>${heads.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${attestations.map(
    (
      one,
    ) => html`<tr><th scope="row">${addressMarkup(one.address)}</th><td>${list(one.fields.map(formatPointer), language)}</td><td>${one.actor}</td><td class="when">${formatMoment(one.at)}</td><td>${code(one.plan)}</td><td>${one.note}</td></tr>
`,
  )}</tbody></table></div>
`;
}
