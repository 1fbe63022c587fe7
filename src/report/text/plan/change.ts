import type { ChangedElsewhere } from "../../../model/plan/audit-entry.ts";
import { type Action, type Change, isForLedger } from "../../../model/plan/plan.ts";
import { english, type Language, languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { causes, formatMoment, perMonth, reasons } from "../../wording/format.ts";
import { fieldsBesideItem, itemOf } from "../../wording/item.ts";
import { columns, indentLines, pad } from "../../wording/layout.ts";
import { paint, type Tone } from "../../wording/paint.ts";
import type { IdNames } from "../../wording/value.ts";
import {
  accessLines,
  changeIndent,
  consequenceLines,
  ledgerLesson,
  maximumWidth,
} from "./consequences.ts";
import { changedFields, newFields } from "./fields.ts";

/** The sign and colour of each action. */
export const signs: Readonly<Record<Action, { readonly sign: string; readonly tone: Tone }>> = {
  create: { sign: "+", tone: "good" },
  update: { sign: "~", tone: "caution" },
  upgrade: { sign: "↑", tone: "accent" },
  remove: { sign: "-", tone: "bad" },
  forget: { sign: "○", tone: "dim" },
  rename: { sign: "→", tone: "dim" },
  protect: { sign: "●", tone: "dim" },
  unprotect: { sign: "◌", tone: "bad" },
};

/** The layout of a change's lines: omitted address prefix, and width of the name column. */
export interface LineLayout {
  readonly prefix: string;
  readonly nameWidth: number;
  readonly names: IdNames;
  readonly style: Style;
  /** The title states the cause of all changes. */
  readonly causeTold?: boolean;
}

/**
 * A sanitized change: one line if it fits, with fields, consequences and access below if needed.
 */
export function changeLines(change: Change, frame: LineLayout): readonly string[] {
  const body = bodyLines(change, frame);
  const first = titleLine(change, body, frame);
  return [
    first.line,
    ...indentLines(first.below, changeIndent),
    ...indentLines(
      consequenceLines(change, frame.style, first.aside ? "" : first.why),
      changeIndent,
    ),
    ...indentLines(accessLines(change, frame.style), changeIndent),
  ];
}

function bodyLines(change: Change, { names, style }: LineLayout): readonly string[] {
  const room = { columns: Math.min(style.width, maximumWidth) - changeIndent, names, style };
  if (change.action === "create")
    return newFields(style.verbose ? change.fields : fieldsBesideItem(change, names), room);
  if (change.action === "update" || change.action === "upgrade") return changedFields(change, room);
  if (isForLedger(change) && change.action !== "forget")
    return [ledgerLesson(change, languageOf(style))];
  return change.address.endsWith(change.observed.key) ? [] : [change.observed.key];
}

/** Sign and name; then the change and its cause if they fit; the cost at the right. */
function titleLine(
  change: Change,
  body: readonly string[],
  { prefix, nameWidth, names, style, causeTold }: LineLayout,
) {
  const { sign, tone } = signs[change.action];
  const name = change.address.slice(prefix.length);
  const money = perMonth(change.impact.money, languageOf(style));
  const room = Math.min(style.width, maximumWidth) - (money === "" ? 0 : columns(money) + 2);
  const start = 4 + Math.max(nameWidth, columns(name));
  const item = itemOf(change, names);
  const { said, below } = placed(item, body, {
    title: room - start - 2,
    below: Math.min(style.width, maximumWidth) - changeIndent,
  });
  const what = said === "" ? "" : `  ${said}`;
  const words =
    causeTold && !change.changedBy && change.action !== "remove" && change.action !== "forget"
      ? ""
      : because(change, languageOf(style));
  const why =
    words === "" || words.startsWith("“")
      ? words && `  ${words}`
      : `  ${languageOf(style).say`(${words})`}`;
  const aside = why !== "" && start + columns(what) + columns(why) <= room;
  const used = start + columns(what) + (aside ? columns(why) : 0);
  const left = `  ${paint(tone, sign, style)} ${pad(paint("strong", name, style), nameWidth)}${what}${aside ? paint(whyTone(change), why, style) : ""}`;
  const line =
    money === ""
      ? left.replace(/ +$/, "")
      : `${left}${" ".repeat(Math.max(2, room + 2 - used))}${paint("strong", money, style)}`;
  return { line, below, aside, why: ordinary(change, style) ? "" : words };
}

/**
 * Places the item and a one-line body beside the name if they fit; returns the rest as lines below.
 */
function placed(
  item: string,
  body: readonly string[],
  room: { readonly title: number; readonly below: number },
) {
  const whole = [item, ...body].filter(Boolean).join(" · ");
  if (body.length <= 1 && columns(whole) <= room.title) return { said: whole, below: [] };
  if (item !== "" && columns(item) <= room.title) return { said: item, below: body };
  if (body.length <= 1 && columns(whole) <= room.below) return { said: "", below: [whole] };
  return { said: "", below: [item, ...body].filter(Boolean) };
}

/** The cause or reason in words. Empty for a creation of a new object. */
export function because(change: Change, language: Language = english): string {
  if (change.action === "remove" || change.action === "forget")
    return change.note ? `“${change.note}”` : language.told(reasons[change.reason]);
  const cause = language.told(causes[change.cause]);
  if (change.cause === "new" && change.action === "create") return "";
  return change.changedBy ? language.say`${cause}, ${changer(change.changedBy, language)}` : cause;
}

/** Who changed an object elsewhere, and when. */
export function changer({ by, at }: ChangedElsewhere, language: Language): string {
  const moment = formatMoment(at);
  return by === undefined ? language.say`on ${moment}` : language.say`by ${by} on ${moment}`;
}

/** A changed manifest is the usual cause: it is shown only if it fits on the first line. */
function ordinary(change: Change, style: Style): boolean {
  return (
    change.cause === "manifest" &&
    change.action !== "remove" &&
    change.action !== "forget" &&
    !style.verbose
  );
}

function whyTone(change: Change): Tone {
  return change.cause === "drift" || change.cause === "both" ? "caution" : "dim";
}
