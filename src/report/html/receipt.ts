import type { Change, Plan } from "../../model/plan/plan.ts";
import type { Receipt, Result, Status } from "../../model/plan/receipt.ts";
import { accessMatrix } from "./access.ts";
import { approvedOnHost } from "../text/plan/approvals.ts";
import { approvalTable } from "./approvals.ts";
import { changeRow, type ChangeContext, signOf } from "./changes.ts";
import { addressMarkup, code, type Figure, facts, figures } from "./page/facts.ts";
import { filterForm } from "./page/filter.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { moneyTable } from "./money.ts";
import { type PageSection, page } from "./page/page.ts";
import { homesOf } from "./plan.ts";
import { byHome, groupList, type PageRow } from "./page/rows.ts";
import { json } from "../machine/json.ts";
import { type Language, languageOf } from "../language/language.ts";
import { orderReceipt } from "../wording/natural-order.ts";
import type { Style } from "../report.ts";
import { ends, noteLine } from "../text/receipt.ts";
import { count, formatElapsed, list, formatMoment, number, verbs } from "../wording/format.ts";

const order: readonly Status[] = [
  "unknown",
  "failed",
  "stale",
  "skipped",
  "manual",
  "done-earlier",
  "done",
];

/**
 * A receipt as a page: the result of every change, unfinished ones first. With the plan, the
 * details of each change, too.
 */
export function htmlReceipt(receipt: Receipt, plan: Plan | undefined, style: Style): string {
  const language = languageOf(style);
  const counted = tally(receipt.results.map((one) => one.status));
  const title = formatMoment(receipt.startedAt);
  const lead = html`${figures(counted.map((one) => figureOf(one, language)))}${receiptFacts(receipt, language)}`;
  const embedded = {
    json: json.receipt(receipt, plan, style),
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

function resultRows(
  { results }: Receipt,
  plan: Plan | undefined,
  frame: ChangeContext,
): readonly PageRow[] {
  const planned = new Map(plan?.changes.map((change) => [change.id, change]));
  return order.flatMap((status) =>
    results
      .filter((one) => one.status === status)
      .map((one) => resultRow(one, planned.get(one.change), frame)),
  );
}

function resultRow(result: Result, change: Change | undefined, frame: ChangeContext): PageRow {
  const { language } = frame;
  const { address, action, status } = result;
  const home = statusWord(status, language);
  const planned = change === undefined ? undefined : changeRow(change, home, frame);
  const head =
    planned?.head ??
    html`${signOf(action, language)}${addressMarkup(address)} <span class="verb">${language.told(verbs[action])}</span>`;
  const body = html`${resultNotes(result, language)}${planned?.body ?? nothing}`;
  return {
    home,
    head: html`${endSign(status)}${head}`,
    body,
    facets: {
      ...planned?.facets,
      kind: kindOf(address),
      action,
      status,
      who: address,
      manual: false,
    },
  };
}

/** The kind at the start of an address. */
export function kindOf(address: string): string {
  return /^[^/]*/.exec(address)?.[0] ?? address;
}

/** The details of a result: reason, code, id, credential and hint. */
export function resultNotes(
  { because, code: name, id, credential, hint }: Partial<Result>,
  language: Language,
): Markup {
  const credentials = {
    delivered: language.say`credential delivered`,
    lost: language.say`credential lost`,
  };
  const told = [because === undefined ? "" : language.told(because), name ?? ""]
    .filter(Boolean)
    .join(" · ");
  const lost =
    credential === undefined
      ? nothing
      : html`<p class="note"><span class="${credential === "lost" ? "grave" : ""}">${credentials[credential]}</span></p>`;
  return html`${told === "" ? nothing : html`<p class="note">${told}</p>`}${id === undefined ? nothing : html`<p class="note">id ${code(id)}</p>`}${lost}${hint === undefined ? nothing : html`<p class="note">${language.say`Hint: ${language.told(hint)}`}</p>`}`;
}

/** The sign of a change's outcome. */
export function endSign(status: Status | undefined): Markup {
  const { sign, tone } = status === undefined ? { sign: "…", tone: "caution" } : ends[status];
  // Not every font has the hand sign, so a box is used.
  return html`<b class="sign ${tone}" aria-hidden="true">${status === "manual" ? "☐" : sign}</b>`;
}

/** A change's outcome in a word; "open" without a status. */
export function statusWord(status: Status | undefined, language: Language): string {
  return status === undefined ? language.say`open` : language.told(ends[status].words);
}

/**
 * The number of changes per outcome, unfinished ones first. Outcomes without changes are omitted.
 */
export function tally(
  statuses: readonly (Status | undefined)[],
): readonly (readonly [Status | undefined, number])[] {
  return [undefined, ...order]
    .map((status) => [status, statuses.filter((one) => one === status).length] as const)
    .filter(([, amount]) => amount > 0);
}

function figureOf(
  [status, amount]: readonly [Status | undefined, number],
  language: Language,
): Figure {
  return { value: number(amount), name: statusWord(status, language), sign: endSign(status) };
}
