import { sum } from "../../model/values/money.ts";
import type { Change } from "../../model/plan/plan.ts";
import { hasUnknownPrice } from "../../model/plan/unpriced.ts";
import type { Totals } from "../../model/plan/totals.ts";

/**
 * Counts the changes by action (all manual ones under `manual`) and adds up money and seats.
 * Amounts in another currency than the first one are left out and counted in `unpriced`.
 */
export function totals(changes: readonly Change[]): Totals {
  const byAction = {
    create: 0,
    update: 0,
    upgrade: 0,
    remove: 0,
    forget: 0,
    rename: 0,
    protect: 0,
    unprotect: 0,
    manual: 0,
  };
  for (const change of changes) byAction[change.by === "manual" ? "manual" : change.action] += 1;
  const money = moneyOf(changes);
  const unpriced = changes.filter(
    (change) => hasUnknownPrice(change) || isForeign(change, money?.currency),
  ).length;
  return {
    ...byAction,
    ...(money && { money }),
    seats: changes.reduce((seats, { impact }) => seats + (impact.seats ?? 0), 0),
    ...(unpriced > 0 && { unpriced }),
  };
}

function moneyOf(changes: readonly Change[]): Totals["money"] {
  const all = changes.flatMap(({ impact }) => impact.money ?? []);
  const currency = all[0]?.currency;
  if (currency === undefined) return undefined;
  const same = all.filter((one) => one.currency === currency);
  return {
    perMonth: sum(same.map(({ perMonth }) => perMonth)),
    committed: sum(same.map(({ committed }) => committed)),
    currency,
  };
}

function isForeign({ impact: { money } }: Change, currency: string | undefined): boolean {
  return money !== undefined && money.currency !== currency;
}
