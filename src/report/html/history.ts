import type { Approval } from "../../model/plan/approval.ts";
import { compare } from "../../model/diagnostic.ts";
import type {
  Attestation,
  ChangeDone,
  Maintenance,
  RunRecord,
} from "../../model/ledger/history.ts";
import { approvedOnHost } from "../text/plan/approvals.ts";
import { approvalTable } from "./approvals.ts";
import { itemDone, meaningDone } from "../wording/change-done.ts";
import { fieldList, signOf, verbAndItem } from "./changes.ts";
import { addressMarkup, code, type Figure, facts, figures } from "./page/facts.ts";
import { filterForm } from "./page/filter.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { type PageSection, page } from "./page/page.ts";
import { proofFacts } from "./verification.ts";
import { endSign, kindOf, resultNotes, statusWord, tally } from "./receipt.ts";
import { type RowGroup, groupList, type PageRow } from "./page/rows.ts";
import { json } from "../machine/json.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { History, Style } from "../report.ts";
import { formatPointer } from "../wording/value.ts";
import { maintenanceWords } from "../text/history.ts";
import { count, formatElapsed, list, formatMoment, number } from "../wording/format.ts";

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
  const embedded = { json: json.history(history, style), command, file: "history.json" };
  return page(
    { sort: language.say`History`, title, lead, parts: historyParts(history, language), embedded },
    language,
  );
}

/** One run as a page. */
export function htmlRun(run: RunRecord, style: Style): string {
  const language = languageOf(style);
  const embedded = {
    json: json.run(run, style),
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
  const counted = tally(runs.flatMap((run) => run.changes.map((change) => change.status)));
  return counted.map(([status, amount]) => ({
    value: number(amount),
    name: statusWord(status, language),
    sign: endSign(status),
  }));
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

function runGroup(run: RunRecord, language: Language): RowGroup {
  const facets = { who: run.actor };
  const rows = run.changes.map((change): PageRow => {
    const { address, action, status } = change;
    const head = html`${endSign(status)}${signOf(action, language)}${addressMarkup(address)} <span class="verb">${verbAndItem(action, itemDone(change), language)} · ${statusWord(status, language)}</span>`;
    return {
      home: run.run,
      head,
      body: html`${doneList(change, language)}${resultNotes(change, language)}`,
      facets: { ...facets, kind: kindOf(address), action, status: status ?? "open" },
    };
  });
  const aside = html`${run.actor} · ${count(run.changes.length, "change", language)}`;
  return {
    title: html`${formatMoment(run.openedAt)}`,
    aside,
    lead: runFacts(run, language),
    facets,
    rows,
  };
}

function doneList(change: ChangeDone, language: Language): Markup {
  const { planned, action } = change;
  if (planned === undefined) return nothing;
  const meaning = meaningDone(change, language).join(" · ");
  const note = meaning === "" ? nothing : html`<p class="note">${meaning}</p>`;
  return html`${fieldList({ ...planned, action }, { names: planned.names ?? {}, language })}${note}`;
}

function runFacts(run: RunRecord, language: Language): Markup {
  const took =
    run.closedAt === undefined
      ? language.say`not closed: it was killed, or is still at work`
      : formatElapsed(Date.parse(run.closedAt) - Date.parse(run.openedAt), language);
  return facts([
    [language.say`Run`, code(run.run)],
    [language.say`By`, run.actor],
    [language.say`Account`, code(run.account)],
    [
      language.say`Plan`,
      html`${code(run.plan)} ${language.say`of ${count(run.planned, "change", language)}`}`,
    ],
    [
      language.say`Commit`,
      run.commit === undefined
        ? undefined
        : html`${code(run.commit)}${run.localChanges ? language.say` (with local changes)` : ""}`,
    ],
    [language.say`Took`, run.interrupted ? language.say`${took}, interrupted` : took],
    [language.say`Guards lifted`, list(run.allowed, language)],
    [language.say`Reason`, run.reason],
    [
      language.say`Approved by`,
      list(
        [
          ...(run.approvals ?? []).map((one) => one.principal),
          ...(run.hostApprovals ?? []).map(approvedOnHost),
        ],
        language,
      ),
    ],
    [
      language.say`Detached`,
      run.detached && language.say`the manifests were not compared with those it was planned from`,
    ],
  ]);
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
