import type { Receipt, Result, Status } from "../model/receipt.ts";
import { clean } from "./clean.ts";
import { cut } from "./layout.ts";
import { code, prose } from "./markdown-escape.ts";
import { bytes, clipped, fitting, type Item } from "./markdown-limit.ts";
import { defaultLimit, type Style } from "./report.ts";
import { signs } from "./text-change.ts";
import { ends } from "./text-receipt.ts";
import { count, elapsed, number, short, some } from "./words.ts";

const order: readonly Status[] = ["unknown", "failed", "stale", "skipped", "hand", "done"];

/** A receipt under the limit: what is not done first, what is done collapsed. */
export function markdownReceipt(receipt: Receipt, style: Style): string {
  const limit = style.limit ?? defaultLimit;
  const view: Receipt = clean({ ...receipt, results: [] });
  const top = title(view, receipt.results);
  const bottom = `---\nrun ${code(cut(view.run, 80))} · plan ${code(short(view.plan))} · ledger head ${code(cut(view.ledger.head, 80))}`;
  const room = limit - bytes(top) - bytes(bottom) - 500;
  const settled = (result: Result) => result.status === "done" && result.credential !== "lost";
  const rest = receipt.results
    .filter((result) => !settled(result))
    .sort((left, right) => order.indexOf(left.status) - order.indexOf(right.status));
  const undone = table(rest, room);
  const done = table(receipt.results.filter(settled), room - bytes(undone));
  const collapsed = done === "" ? "" : `<details><summary>Done</summary>\n\n${done}\n\n</details>`;
  return clipped(`${[top, undone, collapsed, bottom].filter((part) => part !== "").join("\n\n")}\n`, limit);
}

function title(receipt: Receipt, results: readonly Result[]): string {
  const counts = order
    .map((status) => [status, results.filter((result) => result.status === status).length] as const)
    .filter(([, amount]) => amount > 0);
  const told =
    counts
      .map(([status, amount]) => `${number(amount)} ${ends[status].words}`)
      .reverse()
      .join(", ") || "nothing was to be done";
  const took = elapsed(Date.parse(receipt.endedAt) - Date.parse(receipt.startedAt));
  const notes = [
    `${code(cut(receipt.account.id, 100))} by ${code(cut(receipt.actor, 100))} in ${took}, ${count(receipt.spent.reads, "read")} and ${count(receipt.spent.writes, "write")}`,
    receipt.allowed.length > 0
      ? `Guards lifted: ${some(
          receipt.allowed.map((one) => code(cut(one, 60))),
          10,
        )}.`
      : "",
    receipt.interrupted ? "**Interrupted.** What was under way is recorded; plan and apply again to go on." : "",
    receipt.detached ? "Detached: the manifests were not compared with those it was planned from." : "",
  ];
  return [`### Applied: ${told}`, "", ...notes.filter(Boolean)].join("\n");
}

function table(results: readonly Result[], room: number): string {
  if (results.length === 0) return "";
  const head = "| | | address | what happened |\n| --- | --- | --- | --- |";
  const { taken, stands } = fitting(lazily(results), room - bytes(head) - 100);
  const left = results.length - stands;
  const note = left > 0 ? `\n\n… and ${number(left)} more that did not fit here.` : "";
  return taken.length === 0 ? note.trim() : `${head}\n${taken.join("\n")}${note}`;
}

function* lazily(results: readonly Result[]): Generator<Item> {
  for (const result of results) yield row(clean(result));
}

function row(result: Result): Item {
  const { sign, words } = ends[result.status];
  const told = [
    words,
    result.because ? prose(cut(result.because, 400)) : "",
    result.code ? code(result.code) : "",
    result.credential ? `credential ${result.credential}` : "",
    result.id ? `id ${code(cut(result.id, 80))}` : "",
    result.hint ? `*Hint:* ${prose(cut(result.hint, 400))}` : "",
  ].filter(Boolean);
  return {
    text: `| ${sign} | ${signs[result.action].sign} | ${code(cut(result.address, 160))} | ${told.join("; ")} |`,
    stands: 1,
  };
}
