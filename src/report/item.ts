import type { Change } from "../model/plan.ts";
import { english, type Language } from "./language.ts";
import { type Names, shown } from "./value.ts";
import { number } from "./words.ts";

/** What a change is about as people call it: "120 × Office 365 Enterprise E3"; empty where it is no number of seats of an offer. */
export function itemOf({ impact: { item } }: Pick<Change, "impact">, names: Names, language: Language = english): string {
  return item === undefined ? "" : `${number(item.quantity)} × ${shown(item.offer, names, language)}`;
}

/** The fields of a new object that its item does not say already. */
export function fieldsBesideItem({ fields, impact: { item } }: Change): Change["fields"] {
  return item === undefined ? fields : fields.filter(({ after }) => after !== item.offer && after !== item.quantity);
}
