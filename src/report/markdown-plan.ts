import { noHash } from "../model/ledger.ts";
import type { Change, Plan, Tripped } from "../model/plan.ts";
import { clean } from "./clean.ts";
import { type Group, grouped } from "./group.ts";
import { cut } from "./layout.ts";
import { changeRow, groupDetails } from "./markdown-change.ts";
import { diagnosticItem } from "./markdown-diagnostics.ts";
import { code, prose } from "./markdown-escape.ts";
import { bytes, clipped, type Item, type Section, sectionText } from "./markdown-limit.ts";
import { masked } from "./mask.ts";
import { defaultLimit, type Style } from "./report.ts";
import { covered, sums, verdict } from "./text-summary.ts";
import { type Names, named } from "./value.ts";
import { committed, count, number, perMonth, short, some } from "./words.ts";

/** A plan as a comment on a pull request: never more than the limit's bytes, with a note on all that was left out. */
export function markdownPlan(plan: Plan, style: Style): string {
  const limit = style.limit ?? defaultLimit;
  const view: Plan = clean({ ...plan, changes: [] });
  const groups = clean(grouped(plan.changes, false).map((group) => ({ ...group, shown: masked(group.shown) })));
  const top = title(view, plan.changes.length);
  const bottom = basis(view);
  const parts: string[] = [top];
  let room = limit - bytes(top) - bytes(bottom) - 40;
  for (const one of sections(plan, view, groups)) {
    const text = sectionText(one, room);
    parts.push(text);
    room -= bytes(text) + 1;
  }
  parts.push(detailBlocks(groups, view.names, room), bottom);
  return clipped(`${parts.filter((part) => part !== "").join("\n\n")}\n`, limit);
}

function sections(plan: Plan, view: Plan, groups: readonly Group[]): readonly Section[] {
  const { problems, tripped, names } = view;
  const hand = plan.changes.filter((change) => change.by === "hand");
  const byHand = { of: "step by hand", many: "steps by hand" };
  return [
    { head: "#### Problems\n", share: 0.3, items: problems.map(diagnosticItem), all: problems.length, of: "problem" },
    { head: "#### Stopped by guards\n", share: 0.3, items: tripped.map(guardItem), all: tripped.length, of: "guard" },
    { head: tableHead, share: 0.6, items: rows(groups, names), all: plan.changes.length, of: "change" },
    { head: "#### By hand, once this is applied\n", share: 0.5, items: handItems(hand, names), all: hand.length, ...byHand },
  ];
}

const tableHead = "| | address | change | per month | what follows |\n| --- | --- | --- | ---: | --- |";

function title(plan: Plan, changes: number): string {
  const money = sums(plan).map((one) => ` · ${prose(one)}`);
  const { environment, commit } = plan.basis;
  const facts = [
    `${code(cut(plan.account.id, 100))} through ${code(cut(plan.account.adapter, 60))}`,
    `as of ${prose(cut(plan.asOf, 20))}`,
    environment && `environment ${code(cut(environment, 60))}`,
    commit && `commit ${code(short(commit))}`,
  ];
  const scope = plan.scope === undefined ? [] : [`Narrowed to ${codes(plan.scope, 5)}; all else is left alone.`];
  const line = `### Plan: ${verdict(plan, changes)}${money.join("")}`;
  return [line, "", facts.filter(Boolean).join(", "), ...scope].join("\n");
}

function codes(texts: readonly string[], most: number): string {
  const shown = texts.map((one) => code(cut(one, 100)));
  return some(shown, most);
}

function guardItem({ name, message, changes }: Tripped): Item {
  const because = changes.length === 0 ? "" : ` Because of ${codes(changes, 3)}.`;
  const lift = ` Lift it for one run with ${code(`--allow ${name}`)}.`;
  return { text: `- ${code(name)}: ${prose(cut(message, 800))}${because}${lift}`, stands: 1 };
}

function* rows(groups: readonly Group[], names: Names): Generator<Item> {
  for (const group of groups) {
    for (const change of group.shown) yield changeRow(change, names);
    if (group.hidden > 0) yield hiddenRow(group);
  }
}

function hiddenRow({ hidden, title, money }: Group): Item {
  const price = perMonth(money);
  const cells = ["", `… ${number(hidden)} more like these`, prose(title), price && `${prose(price)} in all`, prose(committed(money))];
  return { text: `| ${cells.join(" | ")} |`, stands: hidden };
}

function* handItems(changes: readonly Change[], names: Names): Generator<Item> {
  for (const change of changes) {
    const { address, steps = [] } = clean({ address: change.address, steps: change.steps });
    yield {
      text: [`- [ ] ${code(cut(address, 160))}`, ...steps.map((step) => `  - ${prose(cut(named(step, names), 400))}`)].join("\n"),
      stands: 1,
    };
  }
}

function detailBlocks(groups: readonly Group[], names: Names, room: number): string {
  const blocks: string[] = [];
  let left = room - 160;
  let missing = 0;
  for (const group of [...groups].sort((one, other) => Number(one.title === "") - Number(other.title === ""))) {
    const { text, stands } = groupDetails(group, names, left);
    if (text !== "") blocks.push(text);
    left -= text === "" ? 0 : bytes(text) + 1;
    missing += group.shown.filter((change) => change.fields.length > 0).length - stands;
  }
  const note = missing > 0 ? [`The fields of ${count(missing, "change")} did not fit here; the plan file has them all.`] : [];
  return [...blocks, ...note].join("\n").trimEnd();
}

function basis({ basis, coverage, digest }: Plan): string {
  const { head } = basis.ledger;
  const ledger = head === noHash ? "ledger empty so far" : `ledger head ${code(cut(head, 80))}`;
  return `---\n${[...covered(coverage), `plan ${code(cut(digest, 80))}`, ledger].join(" · ")}`;
}
