import type { Change } from "./plan.ts";

type Priced = Pick<Change, "impact"> & { readonly action?: Change["action"] };

/** Whether a change of seats or offers has no known price, whether it costs or saves. */
export function hasUnknownPrice({ action, impact: { money, seats = 0 } }: Priced): boolean {
  return money === undefined && (seats !== 0 || action === "upgrade");
}

/** Whether a change adds seats or upgrades at an unknown price. */
export function isUnpriced(change: Priced): boolean {
  return hasUnknownPrice(change) && ((change.impact.seats ?? 0) > 0 || change.action === "upgrade");
}
