import { type Action, type Change, isForLedger } from "../../../model/plan/plan.ts";
import { fieldsBesideItem, itemOf } from "../../wording/item.ts";
import { english, type Language, languageOf } from "../../language/language.ts";
import { columns, flow, indentLines, pad, wrap } from "../../wording/layout.ts";
import { paint, type Tone } from "../../wording/paint.ts";
import type { Style } from "../../report.ts";
import { changedFields, newFields } from "./fields.ts";
import type { IdNames } from "../../wording/value.ts";
import {
  causes,
  formatCommitment,
  delta,
  list,
  perMonth,
  reasons,
  some,
  wayBack,
} from "../../wording/format.ts";

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

const deep = 6;
const broadest = 110;

/**
 * A sanitized change: one line if it fits, with fields, consequences and access below if needed.
 */
export function changeLines(change: Change, frame: LineLayout): readonly string[] {
  const body = bodyLines(change, frame);
  const first = titleLine(change, body, frame);
  return [
    first.line,
    ...indentLines(first.below, deep),
    ...indentLines(consequences(change, frame.style, first.aside ? "" : first.why), deep),
    ...indentLines(accessLines(change, frame.style), deep),
  ];
}

function bodyLines(change: Change, { names, style }: LineLayout): readonly string[] {
  const room = { columns: Math.min(style.width, broadest) - deep, names, style };
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
  const room = Math.min(style.width, broadest) - (money === "" ? 0 : columns(money) + 2);
  const start = 4 + Math.max(nameWidth, columns(name));
  const item = itemOf(change, names);
  const { said, below } = placed(item, body, {
    title: room - start - 2,
    below: Math.min(style.width, broadest) - deep,
  });
  const what = said === "" ? "" : `  ${said}`;
  const words =
    causeTold && change.action !== "remove" && change.action !== "forget"
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
  return change.cause === "new" && change.action === "create"
    ? ""
    : language.told(causes[change.cause]);
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

/**
 * States that the object is protected. Empty if it is not, or if the change is about protection.
 */
export function protectedNote({ protect, action }: Change, language: Language): string {
  return protect && action !== "protect" && action !== "unprotect" ? language.say`protected` : "";
}

/** The effect of a change that affects only the ledger. Empty for other actions. */
export function ledgerLesson(change: Change, language: Language): string {
  switch (change.action) {
    case "forget":
      return language.say`stays in the account as it is, and is no longer managed`;
    case "rename":
      return language.say`known as ${change.from} until now; only the ledger changes`;
    case "protect":
      return language.say`protected from now on; only the ledger changes`;
    case "unprotect":
      return language.say`protected until now; only the ledger changes`;
    default:
      return "";
  }
}

/** The consequences of a change: reversibility, commitment, seats and prerequisites. */
function consequences(change: Change, style: Style, why: string): readonly string[] {
  const { impact } = change;
  const language = languageOf(style);
  const serious = impact.reversible === "no" || impact.destructive === true;
  const back = wayBack(impact, language);
  const grave = [impact.destructive ? language.say`takes service or data away` : "", back]
    .filter(Boolean)
    .join(" · ");
  const notes = [
    grave && (serious ? `! ${grave}` : grave),
    why,
    formatCommitment(impact.money, language),
    seatsToTell(change, language),
    protectedNote(change, language),
    change.action === "forget" ? ledgerLesson(change, language) : "",
    style.verbose && change.requires.length > 0
      ? language.say`after ${list(change.requires, language)}`
      : "",
  ].filter(Boolean);
  const lines = flow(notes, " · ", Math.min(style.width, broadest) - deep);
  return lines.map((line, index) =>
    serious && index === 0 ? paintStart(line, `! ${grave}`, style) : paint("dim", line, style),
  );
}

/** Seats gained or lost. Empty if a shown field has the same difference. */
export function seatsToTell(
  { impact, fields }: Pick<Change, "impact" | "fields">,
  language: Language = english,
): string {
  const said = fields.some(
    ({ before = 0, after }) =>
      typeof before === "number" && typeof after === "number" && after - before === impact.seats,
  );
  return said ? "" : delta(impact.seats, "seat", language);
}

function paintStart(line: string, start: string, style: Style): string {
  const split = line.startsWith(start) ? start.length : line.length;
  return paint("bad", line.slice(0, split), style) + paint("dim", line.slice(split), style);
}

function accessLines(change: Change, style: Style): readonly string[] {
  const { gains = [], loses = [] } = change.impact.access ?? {};
  const language = languageOf(style);
  const most = style.verbose ? Number.POSITIVE_INFINITY : 6;
  const room = Math.min(style.width, broadest) - deep - 7;
  const told = (label: string, tone: Tone, items: readonly string[]) =>
    items.length === 0
      ? []
      : wrap(some(items.map(language.told), most, language), room).map(
          (line, index) =>
            `${paint(tone, index === 0 ? label : " ".repeat(columns(label)), style)}  ${line}`,
        );
  return [...told(language.say`gains`, "good", gains), ...told(language.say`loses`, "bad", loses)];
}
