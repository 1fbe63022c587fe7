import { type Change, type FieldChange, isForLedger } from "../../model/plan/plan.ts";
import type { Language } from "../language/language.ts";
import { because, signs } from "../text/plan/change.ts";
import { ledgerLesson, protectedNote, seatsToTell } from "../text/plan/consequences.ts";
import { count, facts, number, perMonth, some, verbs, wayBack } from "../wording/format.ts";
import type { ChangeGroup } from "../wording/group.ts";
import { costNotes, itemOf } from "../wording/item.ts";
import { cutToWidth } from "../wording/layout.ts";
import { formatPointer, formatValue, type IdNames } from "../wording/value.ts";
import { code, fenceBlock, htmlCode, prose } from "./escape.ts";
import { bytes, fitPieces, type ReportPiece } from "./limit.ts";

const longest = 160;

/** The reader's language, and display names of ids. */
export interface ReportAudience {
  readonly names: IdNames;
  readonly language: Language;
}

/** A change as a table row. */
export function changeRow(change: Change, reader: ReportAudience): ReportPiece {
  const { language } = reader;
  const consequences = [...notes(change, language), ...access(change, language)];
  const cells = [
    change.by === "manual" ? "✋" : signs[change.action].sign,
    code(cutToWidth(change.address, longest)),
    what(change, reader),
    prose(perMonth(change.impact.money, language)),
    consequences.join(language.say`; `),
  ];
  return { text: `| ${cells.join(" | ")} |`, stands: 1 };
}

function what(change: Change, reader: ReportAudience): string {
  const { language, names } = reader;
  const item = prose(cutToWidth(itemOf(change, names), longest));
  const how = howItChanges(change, reader);
  if (item !== "") return how === "" ? item : language.say`${item}: ${how}`;
  return how === "" ? made(change, reader) : how;
}

/** A new object's fields without personal data; if there are none, the action. */
function made(change: Change, reader: ReportAudience): string {
  const { language } = reader;
  const fields =
    change.action === "create" ? change.fields.filter(({ personal }) => !personal) : [];
  const known = fields.map(
    (one) => `${code(formatPointer(one.pointer))} ${told(one, "after", reader)}`,
  );
  return known.length === 0 ? language.told(verbs[change.action]) : some(known, 3, language);
}

function howItChanges(change: Change, reader: ReportAudience): string {
  const { language } = reader;
  const [only] = change.fields;
  if (
    (change.action === "update" && change.fields.length === 1 && only) ||
    (change.action === "upgrade" && only)
  )
    return `${code(formatPointer(only.pointer))} ${told(only, "before", reader)} → ${told(only, "after", reader)}`;
  if (change.action === "update")
    return some(
      change.fields.map((one) => code(formatPointer(one.pointer))),
      5,
      language,
    );
  if (isForLedger(change) && change.action !== "forget")
    return prose(cutToWidth(ledgerLesson(change, language), longest * 2));
  return "";
}

type Side = "before" | "after";

function told(one: FieldChange, side: Side, reader: ReportAudience): string {
  return code(value(one, side, reader));
}

function value(one: FieldChange, side: Side, { names, language }: ReportAudience): string {
  return cutToWidth(formatValue(one[side], names, language), longest);
}

function notes(change: Change, language: Language): readonly string[] {
  const { impact } = change;
  const back = wayBack(impact, language);
  const serious = impact.reversible === "no" || impact.destructive ? "⚠️ " : "";
  const why = because(change, language);
  return [
    serious +
      facts(
        [impact.destructive ? language.say`takes service or data away` : "", prose(back)].filter(
          Boolean,
        ),
        language,
      ),
    why === "" ? "" : prose(cutToWidth(why, longest)),
    ...costNotes(change, language).map(prose),
    seatsToTell(change, language),
    protectedNote(change, language),
    change.action === "forget" ? ledgerLesson(change, language) : "",
    change.by === "manual" ? language.say`manual` : "",
  ].filter((note) => note.trim() !== "");
}

function access(change: Change, language: Language): readonly string[] {
  const { gains = [], loses = [] } = change.impact.access ?? {};
  const told = (rights: readonly string[]) => prose(some(rights.map(language.told), 4, language));
  return [
    gains.length > 0 ? language.say`gains ${told(gains)}` : "",
    loses.length > 0 ? language.say`loses ${told(loses)}` : "",
  ].filter(Boolean);
}

/**
 * The fields of a group's changes as a collapsed block of at most `room` bytes. Empty if nothing
 * fits or no change has fields.
 */
export function groupDetails(
  group: ChangeGroup,
  reader: ReportAudience,
  room: number,
): ReportPiece {
  const { language } = reader;
  const wrapping = 400 + bytes(group.title) * 6;
  const withFields = group.shown.filter((change) => change.fields.length > 0);
  const { taken, stands } = fitPieces(diffs(withFields, reader), room - wrapping);
  if (taken.length === 0) return { text: "", stands: 0 };
  const title =
    group.title === "" ? language.say`Others` : htmlCode(cutToWidth(group.title, longest));
  const all = count(withFields.length, "change", language);
  const part =
    stands < withFields.length ? language.say`the first ${number(stands)} of ${all}` : all;
  const told =
    group.hidden.length > 0
      ? language.say`${title}: ${part}, and ${number(group.hidden.length)} more like these`
      : language.say`${title}: ${part}`;
  return {
    text: `<details><summary>${told}</summary>\n\n${fenceBlock(taken, "diff")}\n\n</details>\n`,
    stands,
  };
}

function* diffs(changes: readonly Change[], reader: ReportAudience): Generator<ReportPiece> {
  for (const change of changes) {
    const lines = change.fields.flatMap((one) => {
      const name = formatPointer(one.pointer);
      const before = one.before === undefined ? [] : [`- ${name}: ${value(one, "before", reader)}`];
      return [...before, `+ ${name}: ${value(one, "after", reader)}`];
    });
    yield {
      text: [
        `@@ ${reader.language.told(verbs[change.action])} ${change.address} @@`,
        ...lines,
      ].join("\n"),
      stands: 1,
    };
  }
}
