import type { Change, Impact, Prorated } from "../../model/plan/plan.ts";
import { hasUnknownPrice } from "../../model/plan/unpriced.ts";
import type { Language } from "../language/language.ts";
import { formatCommitment, money, number } from "./format.ts";
import type { IdNames } from "./value.ts";

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

/**
 * What a change costs beside its price per month: what is committed until when, what is charged or
 * given back in the billing period that runs, and that a price is not known.
 */
export function costNotes(
  change: Pick<Change, "impact" | "action">,
  language: Language,
): readonly string[] {
  const { money: price, termEnds, prorated } = change.impact;
  const commits = formatCommitment(price, language);
  return [
    commits !== "" && termEnds !== undefined ? language.say`${commits} until ${termEnds}` : commits,
    prorated ? formatProrated(prorated, change.impact, language) : "",
    hasUnknownPrice(change) ? language.say`no known price` : "",
  ].filter(Boolean);
}

function formatProrated(
  { from, to, amount, free }: Prorated,
  { money: price, seats = 0 }: Impact,
  language: Language,
): string {
  const { currency } = price ?? {};
  if (free && seats < 0) return language.say`gives back nothing: free until ${to}`;
  if (free) return language.say`free until ${to}`;
  if (amount === undefined || currency === undefined || /^-?[0.]*$/.test(amount)) return "";
  const told = money(amount.replace("-", ""), currency);
  return amount.startsWith("-")
    ? language.say`gives back ${told} for ${from} to ${to}`
    : language.say`${told} for ${from} to ${to}`;
}
