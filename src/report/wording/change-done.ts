import type { ChangeDone } from "../../model/ledger/history.ts";
import type { Language } from "../language/language.ts";
import { seatsToTell } from "../text/plan/consequences.ts";
import { perMonth, wayBack } from "./format.ts";
import { costNotes, itemOf } from "./item.ts";
import { formatPointer, formatValue } from "./value.ts";

/**
 * The fields a change set, with old and new values; new values only for a creation. Empty if not
 * recorded.
 */
export function fieldsDone({ planned, action }: ChangeDone, language: Language): readonly string[] {
  if (planned === undefined) return [];
  const value = (one: Parameters<typeof formatValue>[0]) =>
    formatValue(one, planned.names ?? {}, language);
  return planned.fields.map(({ pointer, before, after }) =>
    action === "create"
      ? `${formatPointer(pointer)} ${value(after)}`
      : `${formatPointer(pointer)} ${value(before)} → ${value(after)}`,
  );
}

/** The item a change was about, in words. Empty if not recorded. */
export function itemDone({ planned }: ChangeDone): string {
  return planned === undefined ? "" : itemOf(planned, planned.names ?? {});
}

/** Seats, money and how long the change can be undone. Empty if not recorded. */
export function meaningDone(
  { planned, undoUntil, status, action }: ChangeDone,
  language: Language,
): readonly string[] {
  if (planned === undefined) return [];
  const { impact } = planned;
  const until = undoUntil === undefined ? "" : language.say`can be undone until ${undoUntil}`;
  const back =
    until !== ""
      ? until
      : status === "done" && impact.reversible === "no"
        ? wayBack(impact, language)
        : "";
  return [
    seatsToTell(planned, language),
    perMonth(impact.money, language),
    ...costNotes({ impact, action }, language),
    back,
  ].filter(Boolean);
}
