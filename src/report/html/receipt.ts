import type { Change, Plan } from "../../model/plan/plan.ts";
import type { Receipt, Status } from "../../model/plan/receipt.ts";
import { type Language, languageOf } from "../language/language.ts";
import { renderJson } from "../machine/json.ts";
import type { Style } from "../report.ts";
import { approvedOnHost } from "../text/plan/approvals.ts";
import { noteLine } from "../text/receipt/summary.ts";
import { count, formatElapsed, formatMoment, list, number } from "../wording/format.ts";
import { orderReceipt } from "../wording/natural-order.ts";
import { accessMatrix } from "./access.ts";
import { approvalTable } from "./approvals.ts";
import { moneyTable } from "./money.ts";
import { code, facts, type Figure, figures } from "./page/facts.ts";
import { filterForm } from "./page/filter.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { page, type PageSection } from "./page/page.ts";
import { byHome, groupList } from "./page/rows.ts";
import { homesOf } from "./plan.ts";
import { endSign, resultRows, statusWord, tallyStatuses } from "./results.ts";

/**
 * A receipt as a page: the result of every change, unfinished ones first. With the plan, the
 * details of each change, too.
 */
export function htmlReceipt(receipt: Receipt, plan: Plan | undefined, style: Style): string {
  const language = languageOf(style);
  const counted = tallyStatuses(receipt.results.map((one) => one.status));
  const title = formatMoment(receipt.startedAt);
  const lead = html`${figures(counted.map((one) => figureOf(one, language)))}${receiptFacts(receipt, language)}`;
  const embedded = {
    json: renderJson({ kind: "receipt", receipt }, style),
    command: "partnerctl apply plan.json --format json",
    file: "receipt.json",
  };
  return page(
    {
      sort: language.say`Receipt`,
      title,
      lead,
      parts: parts(orderReceipt(receipt), plan, language),
      embedded,
    },
    language,
  );
}

function parts(
  receipt: Receipt,
  plan: Plan | undefined,
  language: Language,
): readonly PageSection[] {
  const { results, approvals = [], hostApprovals = [], ledger } = receipt;
  const rows = resultRows(receipt, plan, { names: plan?.names ?? {}, language });
  const groups = [...byHome(rows)].map(([home, members]) => ({
    title: html`${home}`,
    aside: html`${number(members.length)}`,
    rows: members,
  }));
  const list =
    rows.length === 0 ? nothing : html`${filterForm(rows, language)}${groupList(groups)}`;
  const done = changesDone(receipt, plan);
  const access = accessMatrix(done, language);
  const money =
    plan === undefined ? nothing : moneyTable(done, homesOf(plan.changes), { language });
  return [
    {
      id: "results",
      title: language.say`What became of each change`,
      count: number(results.length),
      content: list,
    },
    {
      id: "access",
      title: language.say`Access gained and lost`,
      count: number(access.people),
      content: access.content,
    },
    { id: "money", title: language.say`Money`, content: money },
    {
      id: "approvals",
      title: language.say`Approvals`,
      count: number(approvals.length + hostApprovals.length),
      content: html`${approvalTable(approvals, language)}${hostApprovals.map((one) => html`<p>${approvedOnHost(one)}</p>`)}`,
    },
    {
      id: "basis",
      title: language.say`What to check it by`,
      content: html`${facts([
        [language.say`Plan`, code(receipt.plan)],
        [language.say`Ledger`, code(ledger.id)],
        [language.say`Ledger's head`, code(ledger.head)],
      ])}<pre tabindex="0"><code>partnerctl ledger verify --head ${ledger.head}</code></pre>`,
    },
  ];
}

function changesDone({ results }: Receipt, plan: Plan | undefined): readonly Change[] {
  const done = new Set(
    results.filter(({ status }) => status === "done").map(({ change }) => change),
  );
  return plan?.changes.filter(({ id }) => done.has(id)) ?? [];
}

function receiptFacts(receipt: Receipt, language: Language): Markup {
  const { account, actor, commit, run, startedAt, endedAt, allowed, reason, spent } = receipt;
  const took = formatElapsed(Date.parse(endedAt) - Date.parse(startedAt), language);
  const requests = language.say`${count(spent.reads, "read", language)} and ${count(spent.writes, "write", language)}`;
  return facts([
    [language.say`Account`, html`${code(account.id)} ${language.say`through ${account.adapter}`}`],
    [language.say`By`, actor],
    [language.say`When`, language.say`${formatMoment(startedAt)}, took ${took}`],
    [language.say`Run`, code(run)],
    [
      language.say`Commit`,
      commit === undefined
        ? undefined
        : html`${code(commit)}${receipt.localChanges ? language.say` (with local changes)` : ""}`,
    ],
    [language.say`Guards lifted`, list(allowed, language)],
    [language.say`Reason`, reason],
    ...(receipt.notes ?? []).map(
      (one) => [language.say`Different when it was applied`, noteLine(one, language)] as const,
    ),
    [
      language.say`Interrupted`,
      receipt.interrupted &&
        language.say`what was under way is recorded; plan and apply again to go on`,
    ],
    [
      language.say`Detached`,
      receipt.detached &&
        language.say`the manifests were not compared with those it was planned from`,
    ],
    [language.say`Requests`, requests],
    [
      language.say`Known to the backend as`,
      receipt.correlation === undefined ? undefined : code(receipt.correlation),
    ],
  ]);
}

function figureOf(
  [status, amount]: readonly [Status | undefined, number],
  language: Language,
): Figure {
  return { value: number(amount), name: statusWord(status, language), sign: endSign(status) };
}
