import type { GuardName } from "../../model/codes.ts";
import type { Change, Tripped } from "../../model/plan/plan.ts";
import { append } from "../multimap.ts";
import type { GuardLimits } from "../input.ts";
import type { Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";

/** The input of a generic guard. */
export interface GuardCase {
  readonly changes: readonly Change[];
  readonly limits: GuardLimits;
  /** At least one approval rule has a limit of money. */
  readonly watchesMoney: boolean;
  /** How many objects of a kind the account has, at least. */
  live(kind: string): number;
}

/**
 * Whether `part` is more than one object and more than `share` per cent of `all`. With `last`, also
 * if it is all of them.
 */
export function exceedsShare(
  part: number,
  all: number,
  { share, last }: { readonly share: number; readonly last: boolean },
): boolean {
  return (part > 1 && part * 100 > share * all) || (last && part >= all);
}

/** Reports that a guard stops these changes. `amount` is in the unit that the message prints. */
export function tripGuard(
  name: GuardName,
  message: Wording,
  of: { readonly changes: readonly Change[]; readonly amount: number | string },
): Tripped {
  return record({
    name,
    message,
    amount: String(of.amount),
    changes: of.changes.map(({ id }) => id),
  });
}

/** Like `tripGuard`, for changes that take something away: lifting the guard requires a reason. */
export function takenAway(...given: Parameters<typeof tripGuard>): Tripped {
  return { ...tripGuard(...given), needsReason: true };
}

/** Groups changes by the kind of their object. */
export function byKind(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) append(found, change.kind, change);
  return found;
}

/** The number of different objects that these changes affect. */
export function objects(changes: readonly Change[]): number {
  return new Set(changes.map(({ address }) => address)).size;
}
