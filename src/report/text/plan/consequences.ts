import type { Change } from "../../../model/plan/plan.ts";
import { english, type Language, languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { delta, list, some, wayBack } from "../../wording/format.ts";
import { costNotes } from "../../wording/item.ts";
import { columns, flow, wrap } from "../../wording/layout.ts";
import { paint, type Tone } from "../../wording/paint.ts";

/** Columns by which the lines below a change's title are indented. */
export const changeIndent = 6;

/** Columns that a change's lines use at most. */
export const maximumWidth = 110;

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
export function consequenceLines(change: Change, style: Style, why: string): readonly string[] {
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
    ...costNotes(change, language),
    seatsToTell(change, language),
    protectedNote(change, language),
    change.action === "forget" ? ledgerLesson(change, language) : "",
    style.verbose && change.requires.length > 0
      ? language.say`after ${list(change.requires, language)}`
      : "",
  ].filter(Boolean);
  const lines = flow(notes, " · ", Math.min(style.width, maximumWidth) - changeIndent);
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

/** The rights that people gain and lose by the change. */
export function accessLines(change: Change, style: Style): readonly string[] {
  const { gains = [], loses = [] } = change.impact.access ?? {};
  const language = languageOf(style);
  const most = style.verbose ? Number.POSITIVE_INFINITY : 6;
  const room = Math.min(style.width, maximumWidth) - changeIndent - 7;
  const told = (label: string, tone: Tone, items: readonly string[]) =>
    items.length === 0
      ? []
      : wrap(some(items.map(language.told), most, language), room).map(
          (line, index) =>
            `${paint(tone, index === 0 ? label : " ".repeat(columns(label)), style)}  ${line}`,
        );
  return [...told(language.say`gains`, "good", gains), ...told(language.say`loses`, "bad", loses)];
}
