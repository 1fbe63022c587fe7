import type { Upcoming } from "../../../model/plan/dated.ts";
import { type Language, languageOf } from "../../language/language.ts";
import { list, number } from "../../wording/format.ts";
import { indentLines, wrap } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import { formatPointer, formatValue, type IdNames } from "../../wording/value.ts";
import type { Style } from "../../report.ts";

/** With more of them, the rest is counted. */
const most = 12;

/** Sanitized changes to come, by day. */
export function upcomingLines(
  all: readonly Upcoming[],
  names: IdNames,
  style: Style,
): readonly string[] {
  if (all.length === 0) return [];
  const language = languageOf(style);
  const shown = style.verbose ? all : all.slice(0, most);
  const rest = all.length - shown.length;
  const title = language.say`Upcoming (${number(all.length)}); each is planned from its day on:`;
  const lines = shown.flatMap((one) => [
    `${paint("strong", one.on, style)}  ${one.address}`,
    ...indentLines(wrap(upcomingFields(one, names, language), style.width - 14), 12),
  ]);
  const more = rest > 0 ? [language.say`… and ${number(rest)} more; --verbose shows all`] : [];
  return [...wrap(title, style.width), ...indentLines([...lines, ...more], 2)];
}

/** The fields of a change to come: "quantity 25 → 20, by hand". */
export function upcomingFields(
  { fields, by }: Upcoming,
  names: IdNames,
  language: Language,
): string {
  const told = fields.map(
    ({ pointer, before, after }) =>
      `${formatPointer(pointer)} ${formatValue(before, names, language)} → ${formatValue(after, names, language)}`,
  );
  const all = list(told, language);
  return by === "manual" ? language.say`${all}, manually` : all;
}
