import type { Upcoming } from "../../model/plan/plan.ts";
import type { Language } from "../language/language.ts";
import { list } from "./format.ts";
import { formatPointer, formatValue, type IdNames } from "./value.ts";

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
