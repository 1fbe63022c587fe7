import { amount, hundredths, formatMoney } from "../../model/values/money.ts";
import type { Change, Tripped } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { byKind, exceedsShare, type GuardCase, objects, takenAway } from "./guard-case.ts";

/**
 * Trips if a protected object is removed, forgotten or changed irreversibly, or loses its
 * protection.
 */
export function protectedObjects({ changes }: GuardCase): readonly Tripped[] {
  return [...changedForGood(changes), ...unprotected(changes)];
}

/**
 * Whether a change of an existing object is final: a removal, a `forget`, or a change that is
 * irreversible or takes away service or data.
 */
export function isForGood({ action, impact }: Change): boolean {
  if (action === "create") return false;
  return (
    action === "remove" ||
    action === "forget" ||
    impact.reversible === "no" ||
    impact.destructive === true
  );
}

function unprotected(changes: readonly Change[]): readonly Tripped[] {
  const stopped = changes.filter(({ action }) => action === "unprotect");
  const number = stopped.length;
  if (number === 0) return [];
  const message =
    number === 1
      ? say`1 object would not be protected any more.`
      : say`${number} objects would not be protected any more.`;
  return [takenAway("protected", message, { changes: stopped, amount: number })];
}

function changedForGood(changes: readonly Change[]): readonly Tripped[] {
  const stopped = changes.filter((change) => change.protect && isForGood(change));
  const number = objects(stopped);
  if (number === 0) return [];
  const message =
    number === 1
      ? say`1 object is protected and would be changed in a way that cannot be undone.`
      : say`${number} objects are protected and would be changed in a way that cannot be undone.`;
  return [takenAway("protected", message, { changes: stopped, amount: number })];
}

/**
 * Trips if more than the settings' share of a kind's objects is removed at once, or all of them.
 */
export function removals({ changes, ...of }: GuardCase): readonly Tripped[] {
  const removed = changes.filter(({ action }) => action === "remove");
  return tooMany(removed, of, { last: true }).map(({ some, all, limit }) => {
    const [part, kind] = [objects(some), some[0]?.kind ?? ""];
    const message = say`${part} of ${all} ${kind} objects would be removed; the limit is ${limit} %, and never the last one.`;
    return takenAway("removals", message, { changes: some, amount: part });
  });
}

/**
 * Trips if more than the settings' share of a kind's objects, or all of them, would stay but lose
 * service or data.
 */
export function service({ changes, ...of }: GuardCase): readonly Tripped[] {
  const ended = changes.filter(({ action, impact }) => action !== "remove" && impact.destructive);
  return tooMany(ended, of, { last: true }).map(({ some, all, limit }) => {
    const [part, kind] = [objects(some), some[0]?.kind ?? ""];
    const message = say`${part} of ${all} ${kind} objects would lose service or data; the limit is ${limit} %, and never the last one.`;
    return takenAway("service", message, { changes: some, amount: part });
  });
}

/** Trips if more than the settings' share of a kind's objects would stay but lose rights. */
export function rights({ changes, ...of }: GuardCase): readonly Tripped[] {
  const losing = changes.filter(
    ({ action, impact }) => action !== "remove" && (impact.access?.loses.length ?? 0) > 0,
  );
  return tooMany(losing, of, { last: false }).map(({ some, all, limit }) => {
    const [part, kind] = [objects(some), some[0]?.kind ?? ""];
    return takenAway(
      "rights",
      say`${part} of ${all} ${kind} objects would lose rights; the limit is ${limit} %.`,
      {
        changes: some,
        amount: part,
      },
    );
  });
}

/**
 * Trips if more than the settings' share of a kind's objects would cost less without being removed
 * or losing service or data.
 */
export function moneyTaken({ changes, ...of }: GuardCase): readonly Tripped[] {
  const saved = (change: Change) => -hundredths(change.impact.money?.perMonth ?? "0");
  const less = changes.filter(
    (change) => change.action !== "remove" && !change.impact.destructive && saved(change) > 0n,
  );
  return tooMany(less, of, { last: false }).map(({ some, all, limit }) => {
    const total = some.reduce((sum, change) => sum + saved(change), 0n);
    const [part, kind] = [objects(some), some[0]?.kind ?? ""];
    const given = formatMoney(total, some[0]?.impact.money?.currency ?? "");
    const message = say`${given} a month of ${part} of ${all} ${kind} objects would be given up; the limit is ${limit} %.`;
    return takenAway("money-taken", message, { changes: some, amount: amount(total) });
  });
}

interface TooMany {
  readonly some: readonly Change[];
  readonly all: number;
  readonly limit: number;
}

/**
 * The kinds with more than one affected object and more than the limit's share, in per cent. With
 * `last`, also those whose objects are all affected.
 */
function tooMany(
  changes: readonly Change[],
  { limits, live }: Pick<GuardCase, "limits" | "live">,
  { last }: { readonly last: boolean },
): readonly TooMany[] {
  const limit = limits.share;
  return [...byKind(changes)].flatMap(([kind, some]) => {
    const [part, all] = [objects(some), live(kind)];
    return exceedsShare(part, all, { share: limit, last }) ? [{ some, all, limit }] : [];
  });
}
