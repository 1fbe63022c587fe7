import type { Change } from "../../model/plan/plan.ts";
import type { Language } from "../language/language.ts";
import { sumOf } from "./spread.ts";
import { type IdNames, formatValue } from "./value.ts";
import { count, list, number, some } from "./format.ts";

/** The changes of a plan that cannot be undone, in words. */
export interface Irreversible {
  /**
   * "3 subscriptions: 120 × Office 365 Enterprise E3 and 2 more, +CNY 19,234.80/month". Empty if
   * nothing is ordered.
   */
  readonly ordered: string;
  /** Addresses of other irreversible changes. */
  readonly others: readonly string[];
}

const most = 5;

/**
 * Summarizes the orders and other irreversible changes of a plan. Manual steps are not included.
 */
export function irreversible(
  changes: readonly Change[],
  names: IdNames,
  language: Language,
): Irreversible {
  const grave = changes.filter(({ by, impact }) => by === "adapter" && impact.reversible === "no");
  const orders = grave.filter(({ impact }) => impact.item !== undefined);
  const others = grave
    .filter(({ impact }) => impact.item === undefined)
    .map(({ address }) => address);
  return { ordered: orders.length === 0 ? "" : ordersOf(orders, names, language), others };
}

function ordersOf(orders: readonly Change[], names: IdNames, language: Language): string {
  const items = [...byOffer(orders)].sort(([, left], [, right]) => right.quantity - left.quantity);
  const told = items.map(([offer, { quantity, orders }]) => {
    const item = `${number(quantity)} × ${formatValue(offer, names, language)}`;
    return orders === 1 ? item : language.say`${item} (${count(orders, "subscription", language)})`;
  });
  const what = [some(told, most, language), list(sumOf(orders, language), language)].filter(
    Boolean,
  );
  return language.say`${count(orders.length, "subscription", language)}: ${what.join(language.say`; `)}`;
}

function byOffer(
  orders: readonly Change[],
): ReadonlyMap<string, { readonly quantity: number; readonly orders: number }> {
  const found = new Map<string, { readonly quantity: number; readonly orders: number }>();
  for (const { impact } of orders) {
    const { offer, quantity } = impact.item ?? { offer: "", quantity: 0 };
    const before = found.get(offer) ?? { quantity: 0, orders: 0 };
    found.set(offer, { quantity: before.quantity + quantity, orders: before.orders + 1 });
  }
  return found;
}

/** The irreversible changes in sentences, to be shown before applying. */
export function irreversibleSentences(
  changes: readonly Change[],
  names: IdNames,
  language: Language,
): readonly string[] {
  const { ordered, others } = irreversible(changes, names, language);
  const made = some(others, most, language);
  return [
    ordered === "" ? "" : language.say`Applying this orders ${ordered}. It cannot be undone.`,
    others.length === 0 ? "" : language.say`What is done to ${made} cannot be undone.`,
  ].filter(Boolean);
}
