import type { Plan, Ref } from "../../model/plan/plan.ts";
import { english, type Language } from "../language/language.ts";
import { count, formatMoment, number } from "./format.ts";

/** Unmanaged objects that no change of the plan removes. */
export function leftAlone({ unmanaged, changes }: Plan): readonly Ref[] {
  const removed = new Set(
    changes.flatMap((one) => (one.action === "remove" ? `${one.kind}/${one.observed.id}` : [])),
  );
  return (unmanaged ?? []).filter(({ kind, id }) => !removed.has(`${kind}/${id}`));
}

/** The name of an unmanaged object: "Subscription office (Customer/fabrikam)". */
export function describeUnmanaged({ kind, key, parent }: Ref): string {
  return `${kind}${key && ` ${key}`}${parent === undefined ? "" : ` (${parent})`}`;
}

/**
 * The number of managed, unmanaged and missing objects. Empty for a narrowed plan, which cannot
 * know them. The objects to be created are among the totals.
 */
export function summarizeCoverage(
  coverage: Plan["coverage"],
  language: Language = english,
): readonly string[] {
  if (coverage === null) return [];
  return [
    language.say`${number(coverage.managed)} managed`,
    language.say`${number(coverage.unmanaged)} unmanaged`,
    ...(coverage.missing === undefined ? [] : [language.say`${number(coverage.missing)} missing`]),
  ];
}

/** The number of objects of which nothing recent is known. */
export function unknownWords(
  readings: Plan["readings"],
  language: Language = english,
): readonly string[] {
  if (readings === undefined || readings.unknown === 0) return [];
  const { unknown, oldest } = readings;
  return [
    language.say`${count(unknown, "resource", language)} not known (last read ${formatMoment(oldest)} or later)`,
  ];
}

/** How old the readings of a plan are. Empty if everything was read for it. */
export function readingWords(
  readings: Plan["readings"],
  language: Language = english,
): readonly string[] {
  if (readings === undefined || readings.remembered === 0) return [];
  const { remembered, oldest } = readings;
  return [
    language.say`${count(remembered, "resource", language)} read before, since ${formatMoment(oldest)}`,
  ];
}

/** What is to be known about the readings of a plan. Empty if everything was read for it. */
export function describeReadings(
  readings: Plan["readings"],
  language: Language = english,
): readonly string[] {
  return [...readingWords(readings, language), ...unknownWords(readings, language)];
}
