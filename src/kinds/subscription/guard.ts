import { before } from "../../model/plan/before-after.ts";
import type { Change, Tripped } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import { record } from "../../model/text/recorded.ts";

/** The number of lost seats per subscription from which the guard applies. */
const few = 5;

/**
 * Trips for subscriptions that lose at least five seats and at least a quarter of their seats. Does
 * not count removals and suspensions.
 */
export function guardSeats(changes: readonly Change[]): readonly Tripped[] {
  const losses = changes.flatMap((change) => lossOf(change) ?? []);
  const [first] = losses;
  if (!first) return [];
  const most = Math.max(...losses.map(({ lost }) => lost));
  const message =
    losses.length === 1
      ? say`${first.change.address} would lose ${first.lost} of its ${first.had} seats.`
      : say`${losses.length} subscriptions would lose a quarter of their seats or more, up to ${most} seats each.`;
  return [
    record({
      name: "seats-taken",
      message,
      amount: String(most),
      needsReason: true,
      changes: losses.map(({ change }) => change.id),
    }),
  ];
}

function lossOf(change: Change) {
  const { kind, action, impact } = change;
  if (kind !== "Subscription" || action === "remove" || impact.destructive) return undefined;
  const lost = -(impact.seats ?? 0);
  const had = (before(change) as Partial<SubscriptionSpec> | undefined)?.quantity ?? 0;
  return lost >= few && lost * 4 >= had ? { change, lost, had } : undefined;
}
