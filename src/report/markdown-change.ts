import type { Change, FieldChange } from "../model/plan.ts";
import type { Group } from "./group.ts";
import { cut } from "./layout.ts";
import { code, fenced, htmlCode, prose } from "./markdown-escape.ts";
import { bytes, fitting, type Item } from "./markdown-limit.ts";
import { because, released, seatsToTell, signs } from "./text-change.ts";
import { field, type Names, shown } from "./value.ts";
import { committed, count, number, perMonth, some, wayBack } from "./words.ts";

const longest = 160;

/** A change as a row of the table. */
export function changeRow(change: Change, names: Names): Item {
  const consequences = [...notes(change), ...access(change)];
  const cells = [
    change.by === "hand" ? "✋" : signs[change.action].sign,
    code(cut(change.address, longest)),
    what(change, names),
    prose(perMonth(change.impact.money)),
    consequences.join("; "),
  ];
  return { text: `| ${cells.join(" | ")} |`, stands: 1 };
}

function what(change: Change, names: Names): string {
  const [only] = change.fields;
  if (change.action === "update" && change.fields.length === 1 && only)
    return `${code(field(only.pointer))} ${told(only, "before", names)} → ${told(only, "after", names)}`;
  if (change.action === "update")
    return some(
      change.fields.map((one) => code(field(one.pointer))),
      5,
    );
  if (change.action === "upgrade") return only ? `${told(only, "before", names)} → ${told(only, "after", names)}` : "upgrade";
  return change.action;
}

function told(one: FieldChange, side: "before" | "after", names: Names): string {
  return code(value(one, side, names));
}

function value(one: FieldChange, side: "before" | "after", names: Names): string {
  return cut(shown(one[side], names), longest);
}

function notes(change: Change): readonly string[] {
  const { impact } = change;
  const back = wayBack(impact);
  const serious = impact.reversible === "no" || impact.destructive ? "⚠️ " : "";
  const why = because(change);
  return [
    serious + [impact.destructive && "takes service or data away", prose(back)].filter(Boolean).join(", "),
    why === "" ? "" : prose(cut(why, longest)),
    prose(committed(impact.money)),
    seatsToTell(change),
    change.protect ? "protected" : "",
    change.action === "release" ? released : "",
    change.by === "hand" ? "by hand" : "",
  ].filter((note) => note.trim() !== "");
}

function access(change: Change): readonly string[] {
  const { gains = [], loses = [] } = change.impact.access ?? {};
  return [gains.length > 0 ? `gains ${prose(some(gains, 4))}` : "", loses.length > 0 ? `loses ${prose(some(loses, 4))}` : ""].filter(
    Boolean,
  );
}

/** The fields of a group's changes as a collapsed block under so many bytes; empty where none fits or none has fields. */
export function groupDetails(group: Group, names: Names, room: number): Item {
  const wrapping = 400 + bytes(group.title) * 6;
  const withFields = group.shown.filter((change) => change.fields.length > 0);
  const { taken, stands } = fitting(diffs(withFields, names), room - wrapping);
  if (taken.length === 0) return { text: "", stands: 0 };
  const title = group.title === "" ? "Others" : htmlCode(cut(group.title, longest));
  const shownCount =
    stands < withFields.length ? `the first ${number(stands)} of ${count(withFields.length, "change")}` : count(stands, "change");
  const more = group.hidden > 0 ? `, and ${number(group.hidden)} more like these` : "";
  return {
    text: `<details><summary>${title}: ${shownCount}${more}</summary>\n\n${fenced(taken, "diff")}\n\n</details>\n`,
    stands,
  };
}

function* diffs(changes: readonly Change[], names: Names): Generator<Item> {
  for (const change of changes) {
    const lines = change.fields.flatMap((one) => {
      const name = field(one.pointer);
      const before = one.before === undefined ? [] : [`- ${name}: ${value(one, "before", names)}`];
      return [...before, `+ ${name}: ${value(one, "after", names)}`];
    });
    yield { text: [`@@ ${change.action} ${change.address} @@`, ...lines].join("\n"), stands: 1 };
  }
}
