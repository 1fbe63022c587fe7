import type { ChangeDone, RunRecord } from "../../model/ledger/history.ts";
import type { Language } from "../language/language.ts";
import { approvedOnHost } from "../text/plan/approvals.ts";
import { itemDone, meaningDone } from "../wording/change-done.ts";
import { count, formatElapsed, formatMoment, list } from "../wording/format.ts";
import { fieldList, signOf, verbAndItem } from "./changes.ts";
import { addressMarkup, code, facts } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import type { PageRow, RowGroup } from "./page/rows.ts";
import { endSign, kindOf, resultNotes, statusWord } from "./results.ts";

/** A run as a group of rows: a row for each change. */
export function runGroup(run: RunRecord, language: Language): RowGroup {
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
