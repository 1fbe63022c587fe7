import type { Change, Plan, Tripped } from "../../model/plan/plan.ts";
import { textOf, textsOf } from "../../model/text/recorded.ts";
import type { Language } from "../language/language.ts";
import { clean } from "../sanitize.ts";
import { allowOption } from "../wording/allow.ts";
import { count, number, some } from "../wording/format.ts";
import type { ChangeGroup } from "../wording/group.ts";
import { cutToWidth } from "../wording/layout.ts";
import { summarizeSpread } from "../wording/spread.ts";
import { upcomingFields } from "../text/plan/upcoming.ts";
import { nameIds } from "../wording/value.ts";
import { changeRow, groupDetails, type ReportAudience } from "./change.ts";
import { code, prose } from "./escape.ts";
import { bytes, type ReportPiece } from "./limit.ts";

/** The head of the table of changes. */
export function tableHead(language: Language): string {
  return `${language.say`| | address | change | per month | what follows |`}\n| --- | --- | --- | ---: | --- |`;
}

/** Words as a list of code spans. */
export function codeList(texts: readonly string[], most: number, language: Language): string {
  const shown = texts.map((one) => code(cutToWidth(one, 100)));
  return some(shown, most, language);
}

/** A tripped guard as an item of a list. */
export function guardItem(tripped: Tripped, language: Language): ReportPiece {
  const { name, changes } = tripped;
  const because =
    changes.length === 0 ? "" : language.say`. Because of ${codeList(changes, 3, language)}.`;
  const lift = language.say` Lift it for one run with ${code(allowOption(tripped))}.`;
  const text = language.say`${code(name)}: ${prose(cutToWidth(language.told(textOf(tripped, "message")), 800))}`;
  return { text: `- ${text}${because}${lift}`, stands: 1 };
}

/** The rows of the table of changes. */
export function* changeRows(
  groups: readonly ChangeGroup[],
  reader: ReportAudience,
): Generator<ReportPiece> {
  for (const group of groups) {
    for (const change of group.shown) yield changeRow(change, reader);
    if (group.hidden.length > 0) yield hiddenRow(group, reader.language);
  }
}

function hiddenRow({ hidden, title }: ChangeGroup, language: Language): ReportPiece {
  const more = language.say`… ${number(hidden.length)} more like these`;
  const cells = ["", more, prose(title), "", prose(clean(summarizeSpread(hidden, language)))];
  return { text: `| ${cells.join(" | ")} |`, stands: hidden.length };
}

/** The manual changes as items of a list, with their steps. */
export function* manualItems(
  changes: readonly Change[],
  { names, language }: ReportAudience,
): Generator<ReportPiece> {
  for (const change of changes) {
    const { address } = clean({ address: change.address });
    const steps = textsOf(clean({ steps: change.steps, values: change.values }), "steps");
    yield {
      text: [
        `- [ ] ${code(cutToWidth(address, 160))}`,
        ...steps.map(
          (step) => `  - ${prose(cutToWidth(nameIds(language.told(step), names), 400))}`,
        ),
      ].join("\n"),
      stands: 1,
    };
  }
}

/** The fields of each group of changes in blocks that unfold, as far as there is room. */
export function detailBlocks(
  groups: readonly ChangeGroup[],
  reader: ReportAudience,
  room: number,
): string {
  const blocks: string[] = [];
  let left = room - 160;
  let missing = 0;
  for (const group of [...groups].sort(
    (one, other) => Number(one.title === "") - Number(other.title === ""),
  )) {
    const { text, stands } = groupDetails(group, reader, left);
    if (text !== "") blocks.push(text);
    left -= text === "" ? 0 : bytes(text) + 1;
    missing += group.shown.filter((change) => change.fields.length > 0).length - stands;
  }
  const { language } = reader;
  const note =
    missing > 0
      ? [
          language.say`The fields of ${count(missing, "change", language)} did not fit here; the plan file has them all.`,
        ]
      : [];
  return [...blocks, ...note].join("\n").trimEnd();
}

/** The changes to come as items of a list. */
export function* upcomingItems(
  { upcoming = [], names }: Plan,
  language: Language,
): Generator<ReportPiece> {
  for (const one of upcoming) {
    const fields = prose(upcomingFields(one, names, language));
    yield { text: `- ${one.on} ${code(cutToWidth(one.address, 200))}: ${fields}`, stands: 1 };
  }
}
