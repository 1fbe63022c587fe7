import type { Kind, World } from "../../model/kind.ts";
import type { Change, Tripped } from "../../model/plan/plan.ts";
import type { PlanContext } from "../diff/draft.ts";
import type { GuardCase } from "./guard-case.ts";
import {
  guardCommitted,
  count,
  creates,
  irreversible,
  money,
  priceUnknown,
  seats,
} from "./guard-given.ts";
import { moneyTaken, protectedObjects, removals, rights, service } from "./guard-taken.ts";

type Guard = (of: GuardCase) => readonly Tripped[];

const guards: Readonly<Record<string, Guard>> = {
  protected: protectedObjects,
  removals,
  service,
  rights,
  "money-taken": moneyTaken,
  count,
  creates,
  money,
  committed: guardCommitted,
  seats,
  "price-unknown": priceUnknown,
  irreversible,
};

/** The names of all guards: the generic ones, then those of each kind. */
export function guardNames(kinds: readonly Kind[]): readonly string[] {
  return [...Object.keys(guards), ...kinds.flatMap((kind) => kind.guards ?? [])];
}

/** Every guard that stops these changes. Empty if there are no changes. */
export function guard(
  changes: readonly Change[],
  world: World,
  { input, matching }: PlanContext,
): readonly Tripped[] {
  if (changes.length === 0) return [];
  const { guards: limits, approvals = [], known, most, kinds } = input;
  const of: GuardCase = {
    changes,
    limits,
    watchesMoney: approvals.some(({ when }) => when.moneyPerMonth !== undefined),
    live: (kind) =>
      Math.min(
        Math.max(matching.live(kind).length, known?.[kind] ?? 0),
        most?.[kind] ?? Number.POSITIVE_INFINITY,
      ),
  };
  return [
    ...Object.values(guards).flatMap((one) => one(of)),
    ...kinds.flatMap((kind) => kind.guard?.(changes, world) ?? []),
  ];
}
