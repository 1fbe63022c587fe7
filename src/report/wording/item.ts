import type { Change } from "../../model/plan/plan.ts";
import type { IdNames } from "./value.ts";
import { number } from "./format.ts";

/** What a change is about as people call it: "120 × Office 365 Enterprise E3"; empty where it is no number of seats of an offer that has a name. */
export function itemOf({ impact: { item } }: Pick<Change, "impact">, names: IdNames): string {
  const name = item && Object.hasOwn(names, item.offer) ? names[item.offer] : undefined;
  return item === undefined || name === undefined ? "" : `${number(item.quantity)} × ${name}`;
}

/** The fields of a new object that its item does not say already. */
export function fieldsBesideItem(change: Change, names: IdNames): Change["fields"] {
  const { item } = change.impact;
  if (item === undefined || itemOf(change, names) === "") return change.fields;
  return change.fields.filter(({ after }) => after !== item.offer && after !== item.quantity);
}
