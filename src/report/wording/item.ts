import type { Change } from "../../model/plan/plan.ts";
import type { IdNames } from "./value.ts";
import { number } from "./format.ts";

/**
 * A change's item in words: "120 × Office 365 Enterprise E3". Empty if it has none or its offer has
 * no name.
 */
export function itemOf({ impact: { item } }: Pick<Change, "impact">, names: IdNames): string {
  const name = item && Object.hasOwn(names, item.offer) ? names[item.offer] : undefined;
  return item === undefined || name === undefined ? "" : `${number(item.quantity)} × ${name}`;
}

/** The fields of a new object that its item does not already show. */
export function fieldsBesideItem(change: Change, names: IdNames): Change["fields"] {
  const { item } = change.impact;
  if (item === undefined || itemOf(change, names) === "") return change.fields;
  return change.fields.filter(({ after }) => after !== item.offer && after !== item.quantity);
}
