import { amount, hundredths } from "../../model/values/money.ts";
import type { Change } from "../../model/plan/plan.ts";
import { hasUnknownPrice } from "../../model/plan/unpriced.ts";
import type { Language } from "../language/language.ts";
import { formatCommitment, count, delta, facts, list, perMonth } from "./format.ts";

type Impacts = readonly (Pick<Change, "impact"> & { readonly action?: Change["action"] })[];

/**
 * Summarizes changes that are not shown individually: the range of seats and monthly cost per
 * change, and the totals. Empty if there are none.
 */
export function summarizeSpread(changes: Impacts, language: Language): string {
  const each = [seatsEach(changes, language), moneyEach(changes, language)].filter(Boolean);
  const all = sumOf(changes, language);
  if (all.length === 0) return facts(each, language);
  const together = language.say`${list(all, language)} in all`;
  return each.length === 0 ? together : [list(each, language), together].join(language.say`; `);
}

/**
 * The totals of changes: seats, money by currency, and the number of changes without a known price.
 */
export function sumOf(changes: Impacts, language: Language): readonly string[] {
  const seats = changes.reduce((sum, { impact }) => sum + (impact.seats ?? 0), 0);
  const unpriced = changes.filter(hasUnknownPrice).length;
  const without =
    unpriced > 0
      ? language.say`without ${count(unpriced, "change", language)} whose price is not known`
      : "";
  const paid = [...byCurrency(changes)].flatMap(([currency, prices]) => {
    const price = {
      currency,
      perMonth: amount(prices.reduce((sum, one) => sum + hundredths(one.perMonth), 0n)),
      committed: amount(prices.reduce((sum, one) => sum + hundredths(one.committed), 0n)),
    };
    return [perMonth(price, language), formatCommitment(price, language)];
  });
  return [delta(seats, "seat", language), ...paid, without].filter(Boolean);
}

type Price = NonNullable<Change["impact"]["money"]>;

function byCurrency(changes: Impacts): ReadonlyMap<string, readonly Price[]> {
  const found = new Map<string, Price[]>();
  for (const { impact } of changes) {
    if (impact.money === undefined) continue;
    const prices = found.get(impact.money.currency);
    if (prices === undefined) found.set(impact.money.currency, [impact.money]);
    else prices.push(impact.money);
  }
  return found;
}

function seatsEach(changes: Impacts, language: Language): string {
  const sorted = changes.map(({ impact }) => impact.seats ?? 0).sort((left, right) => left - right);
  return each(sorted.map((one) => delta(one, "seat", language)).filter(Boolean), language);
}

function moneyEach(changes: Impacts, language: Language): string {
  const told = [...byCurrency(changes).values()].map((prices) => {
    const sorted = [...prices].sort((left, right) =>
      Number(hundredths(left.perMonth) - hundredths(right.perMonth)),
    );
    return each(sorted.map((price) => perMonth(price, language)).filter(Boolean), language);
  });
  return list(told.filter(Boolean), language);
}

/** The range from the first to the last item of a sorted list. */
function each(sorted: readonly string[], language: Language): string {
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return "";
  return least === most ? language.say`${least} each` : language.say`${least} to ${most}`;
}
