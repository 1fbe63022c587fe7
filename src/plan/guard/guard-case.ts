import type { GuardName } from "../../model/codes.ts";
import type { Change, Tripped } from "../../model/plan/plan.ts";
import { append } from "../multimap.ts";
import type { GuardLimits } from "../input.ts";

/** What a generic guard looks at. */
export interface GuardCase {
  readonly changes: readonly Change[];
  readonly limits: GuardLimits;
  /** An approval rule goes by money. */
  readonly watchesMoney: boolean;
  /** How many objects of a kind live in the account. */
  live(kind: string): number;
}

/** Whether so many objects of all are more than one and more than a share, in per cent; or all there are, where the last one counts. */
export function exceedsShare(part: number, all: number, { share, last }: { readonly share: number; readonly last: boolean }): boolean {
  return (part > 1 && part * 100 > share * all) || (last && part >= all);
}

/** A guard that stops these changes; the amount is in the unit that its message prints. */
export function tripGuard(
  name: GuardName,
  message: string,
  of: { readonly changes: readonly Change[]; readonly amount: number | string },
): Tripped {
  return { name, message, amount: String(of.amount), changes: of.changes.map(({ id }) => id) };
}

/** The same for what is taken away: lifting it takes a reason. */
export function takenAway(...given: Parameters<typeof tripGuard>): Tripped {
  return { ...tripGuard(...given), needsReason: true };
}

/** Changes by the kind of their object. */
export function byKind(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) append(found, change.kind, change);
  return found;
}

/** How many objects these changes are about. */
export function objects(changes: readonly Change[]): number {
  return new Set(changes.map(({ address }) => address)).size;
}
