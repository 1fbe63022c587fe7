import { amount, hundredths, formatMoney } from "../../model/values/money.ts";
import { type Change, type Impact, isForLedger, type Tripped } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { byKind, type GuardCase, objects, tripGuard } from "./guard-case.ts";
import { isUnpriced } from "../../model/plan/unpriced.ts";

/** Trips for each kind with more changed or removed live objects than the settings' `count`. */
export function count({ changes, limits: { count: limit } }: GuardCase): readonly Tripped[] {
  if (limit === undefined) return [];
  return [...byKind(changes.filter(isOfSomethingLive))].flatMap(([kind, some]) => {
    const part = objects(some);
    const message = say`${part} ${kind} objects would be removed or changed; the limit is ${limit}.`;
    return part <= limit ? [] : [tripGuard("count", message, { changes: some, amount: part })];
  });
}

function isOfSomethingLive(change: Change): boolean {
  return change.action !== "create" && !isForLedger(change) && change.observed.id !== "";
}

/** Trips for each kind with more new objects than the settings' `creates`. */
export function creates({ changes, limits: { creates: limit } }: GuardCase): readonly Tripped[] {
  if (limit === undefined) return [];
  return [...byKind(changes.filter(({ action }) => action === "create"))].flatMap(
    ([kind, some]) => {
      const part = objects(some);
      const message = say`${part} ${kind} objects would be created; the limit is ${limit}.`;
      return part <= limit ? [] : [tripGuard("creates", message, { changes: some, amount: part })];
    },
  );
}

/**
 * Trips if the added cost per month exceeds the settings' `moneyPerMonth`. Savings are not offset.
 */
export function money({
  changes,
  limits: { moneyPerMonth: limit },
}: GuardCase): readonly Tripped[] {
  return newMoney(changes, limit, "perMonth").map(({ dearer, total, most }) =>
    tripGuard("money", say`${total} a month would be added; the limit is ${most}.`, dearer),
  );
}

/**
 * Trips if the added cost over whole terms exceeds the settings' `committed`. Savings are not
 * offset.
 */
export function guardCommitted({
  changes,
  limits: { committed: limit },
}: GuardCase): readonly Tripped[] {
  return newMoney(changes, limit, "committed").map(({ dearer, total, most }) =>
    tripGuard("committed", say`${total} would be committed; the limit is ${most}.`, dearer),
  );
}

function newMoney(
  changes: readonly Change[],
  limit: number | undefined,
  what: "perMonth" | "committed",
) {
  if (limit === undefined) return [];
  const of = (impact: Impact) => hundredths(impact.money?.[what] ?? "0");
  const dearer = changes.filter(({ impact }) => of(impact) > 0n);
  const total = dearer.reduce((sum, { impact }) => sum + of(impact), 0n);
  const most = BigInt(Math.round(limit * 100));
  if (total <= most) return [];
  const currency = dearer[0]?.impact.money?.currency ?? "";
  const told = { total: formatMoney(total, currency), most: formatMoney(most, currency) };
  return [{ ...told, dearer: { changes: dearer, amount: amount(total) } }];
}

/** Trips if more seats are added than the settings' `seats`. Removed seats are not offset. */
export function seats({ changes, limits: { seats: limit } }: GuardCase): readonly Tripped[] {
  if (limit === undefined) return [];
  const more = changes.filter(({ impact }) => (impact.seats ?? 0) > 0);
  const total = more.reduce((sum, { impact }) => sum + (impact.seats ?? 0), 0);
  const message = say`${total} seats would be added; the limit is ${limit}.`;
  return total <= limit ? [] : [tripGuard("seats", message, { changes: more, amount: total })];
}

/**
 * Trips if a change buys at an unknown price while the settings limit money, by a guard or an
 * approval rule. An unknown price could exceed any limit.
 */
export function priceUnknown({ changes, limits, watchesMoney }: GuardCase): readonly Tripped[] {
  if (limits.moneyPerMonth === undefined && limits.committed === undefined && !watchesMoney)
    return [];
  const some = changes.filter(isUnpriced);
  const number = some.length;
  if (number === 0) return [];
  const message =
    number === 1
      ? say`1 change is paid for at a price that nobody knows, and money is limited here.`
      : say`${number} changes are paid for at prices that nobody knows, and money is limited here.`;
  return [tripGuard("price-unknown", message, { changes: some, amount: number })];
}

/** Trips if any change cannot be undone. */
export function irreversible({ changes }: GuardCase): readonly Tripped[] {
  const stopped = changes.filter(({ impact }) => impact.reversible === "no");
  const number = stopped.length;
  if (number === 0) return [];
  const message =
    number === 1 ? say`1 change cannot be undone.` : say`${number} changes cannot be undone.`;
  return [tripGuard("irreversible", message, { changes: stopped, amount: number })];
}
