import { textOf } from "../../model/text/recorded.ts";
import type { Change, Plan } from "../../model/plan/plan.ts";
import type { Receipt, Result, Status } from "../../model/plan/receipt.ts";
import type { Language } from "../language/language.ts";
import { ends } from "../text/receipt/outcomes.ts";
import { verbs } from "../wording/format.ts";
import { type ChangeContext, changeRow, signOf } from "./changes.ts";
import { addressMarkup, code } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import type { PageRow } from "./page/rows.ts";

const order: readonly Status[] = [
  "unknown",
  "failed",
  "stale",
  "skipped",
  "manual",
  "done-earlier",
  "done",
];

/** The rows of a receipt's results, unfinished ones first. */
export function resultRows(
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
export function resultNotes(result: Partial<Result>, language: Language): Markup {
  const { code: name, id, credential, hint } = result;
  const credentials = {
    delivered: language.say`credential delivered`,
    lost: language.say`credential lost`,
  };
  const told = [language.told(textOf(result, "because")), name ?? ""].filter(Boolean).join(" · ");
  const lost =
    credential === undefined
      ? nothing
      : html`<p class="note"><span class="${credential === "lost" ? "grave" : ""}">${credentials[credential]}</span></p>`;
  return html`${told === "" ? nothing : html`<p class="note">${told}</p>`}${id === undefined ? nothing : html`<p class="note">id ${code(id)}</p>`}${lost}${hint === undefined ? nothing : html`<p class="note">${language.say`Hint: ${language.told(textOf(result, "hint"))}`}</p>`}`;
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
export function tallyStatuses(
  statuses: readonly (Status | undefined)[],
): readonly (readonly [Status | undefined, number])[] {
  return [undefined, ...order]
    .map((status) => [status, statuses.filter((one) => one === status).length] as const)
    .filter(([, amount]) => amount > 0);
}
