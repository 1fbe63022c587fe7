import { textOf } from "../../model/text/recorded.ts";
import { orderReceipt } from "../wording/natural-order.ts";
import type { ChangeId, Plan } from "../../model/plan/plan.ts";
import type { Receipt, Result, Status } from "../../model/plan/receipt.ts";
import { clean } from "../sanitize.ts";
import { type Language, languageOf } from "../language/language.ts";
import { cutToWidth } from "../wording/layout.ts";
import { code, prose } from "./escape.ts";
import { bytes, clipText, fitPieces, type ReportPiece } from "./limit.ts";
import { defaultLimit, type Style } from "../report.ts";
import { approvalLine, approvedOnHost } from "../text/plan/approvals.ts";
import { signs } from "../text/plan/change.ts";
import { itemsOf } from "../text/receipt/receipt.ts";
import { noteLine } from "../text/receipt/summary.ts";
import { credentials, ends } from "../text/receipt/outcomes.ts";
import { count, formatElapsed, list, number, short, some } from "../wording/format.ts";

const order: readonly Status[] = [
  "unknown",
  "failed",
  "stale",
  "skipped",
  "manual",
  "done-earlier",
  "done",
];

/** A receipt within the size limit: unfinished changes first, completed ones collapsed. */
export function markdownReceipt(given: Receipt, plan: Plan | undefined, style: Style): string {
  const receipt = orderReceipt(given);
  const limit = style.limit ?? defaultLimit;
  const language = languageOf(style);
  const view: Receipt = clean({ ...receipt, results: [] });
  const top = title(view, receipt.results, language);
  const bottom = `---\n${language.say`run ${code(cutToWidth(view.run, 80))} · plan ${code(short(view.plan))} · ledger head ${code(cutToWidth(view.ledger.head, 80))}`}`;
  const room = limit - bytes(top) - bytes(bottom) - 500;
  const settled = (result: Result) => result.status === "done" && result.credential !== "lost";
  const rest = receipt.results
    .filter((result) => !settled(result))
    .sort((left, right) => order.indexOf(left.status) - order.indexOf(right.status));
  const shown = { items: itemsOf(plan), language };
  const undone = table(rest, room, shown);
  const done = table(receipt.results.filter(settled), room - bytes(undone), shown);
  const collapsed =
    done === "" ? "" : `<details><summary>${language.say`Done`}</summary>\n\n${done}\n\n</details>`;
  return clipText(
    `${[top, undone, collapsed, bottom].filter((part) => part !== "").join("\n\n")}\n`,
    limit,
  );
}

function title(receipt: Receipt, results: readonly Result[], language: Language): string {
  const counts = order
    .map((status) => [status, results.filter((result) => result.status === status).length] as const)
    .filter(([, amount]) => amount > 0);
  const parts = counts
    .map(([status, amount]) => ends[status].several(language, number(amount)))
    .reverse();
  const told = list(parts, language) || language.say`nothing was to be done`;
  const lifted = receipt.allowed.map((one) => code(cutToWidth(one, 60)));
  const notes = [
    spent(receipt, language),
    lifted.length > 0 ? language.say`Guards lifted: ${some(lifted, 10, language)}.` : "",
    receipt.reason === undefined
      ? ""
      : language.say`Reason: ${prose(cutToWidth(receipt.reason, 400))}`,
    ...(receipt.approvals ?? []).map(
      (one) => language.say`Approved by ${prose(cutToWidth(approvalLine(one), 400))}`,
    ),
    ...(receipt.hostApprovals ?? []).map(
      (one) => language.say`Approved by ${prose(cutToWidth(approvedOnHost(one), 400))}`,
    ),
    ...(receipt.notes ?? []).map((one) => prose(cutToWidth(noteLine(one, language), 400))),
    receipt.interrupted
      ? language.say`**Interrupted.** What was under way is recorded; plan and apply again to go on.`
      : "",
    receipt.detached
      ? language.say`Detached: the manifests were not compared with those it was planned from.`
      : "",
  ];
  return [`### ${language.say`Applied: ${told}`}`, "", ...notes.filter(Boolean)].join("\n");
}

function spent(
  { account, actor, startedAt, endedAt, spent: { reads, writes } }: Receipt,
  language: Language,
): string {
  const [where, who] = [code(cutToWidth(account.id, 100)), code(cutToWidth(actor, 100))];
  const took = formatElapsed(Date.parse(endedAt) - Date.parse(startedAt), language);
  return language.say`${where} by ${who} in ${took}, ${count(reads, "read", language)} and ${count(writes, "write", language)}`;
}

interface Shown {
  readonly items: ReadonlyMap<ChangeId, string>;
  readonly language: Language;
}

function table(results: readonly Result[], room: number, shown: Shown): string {
  if (results.length === 0) return "";
  const { language } = shown;
  const head = `${language.say`| | | address | what happened |`}\n| --- | --- | --- | --- |`;
  const { taken, stands } = fitPieces(lazily(results, shown), room - bytes(head) - 100);
  const left = results.length - stands;
  const note =
    left > 0 ? `\n\n${language.say`… and ${number(left)} more that did not fit here.`}` : "";
  return taken.length === 0 ? note.trim() : `${head}\n${taken.join("\n")}${note}`;
}

function* lazily(results: readonly Result[], shown: Shown): Generator<ReportPiece> {
  for (const result of results) yield row(clean(result), shown);
}

function row(result: Result, { items, language }: Shown): ReportPiece {
  const { sign, words } = ends[result.status];
  const told = [
    prose(items.get(result.change) ?? ""),
    language.told(words),
    result.because ? prose(cutToWidth(language.told(textOf(result, "because")), 400)) : "",
    result.code ? code(result.code) : "",
    result.credential ? language.told(credentials[result.credential]) : "",
    result.id ? language.say`id ${code(cutToWidth(result.id, 80))}` : "",
    result.hint
      ? language.say`*Hint:* ${prose(cutToWidth(language.told(textOf(result, "hint")), 400))}`
      : "",
  ].filter(Boolean);
  return {
    text: `| ${sign} | ${signs[result.action].sign} | ${code(cutToWidth(result.address, 160))} | ${told.join(language.say`; `)} |`,
    stands: 1,
  };
}
