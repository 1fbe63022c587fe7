import { hundredths, formatMoney } from "../../model/values/money.ts";
import type { Change, Impact } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { isUnpriced } from "../../model/plan/unpriced.ts";

/**
 * Why a change is now worse than the reviewed plan says. Undefined if it is not. A price that was
 * known and is unknown now counts as worse.
 */
export function graver(
  reviewed: Impact,
  change: Pick<Change, "action" | "impact">,
): Wording | undefined {
  const now = change.impact;
  if (reviewed.money && isUnpriced(change)) return say`Its price is not known any more.`;
  return (
    dearer(reviewed, now) ??
    moreSeats(reviewed, now) ??
    moreRights(reviewed, now) ??
    harderBack(reviewed, now)
  );
}

/**
 * A note on a monthly cost or an undo date that differs from the reviewed plan. Undefined if
 * neither does. Call it only for changes that are not worse.
 */
export function milder(reviewed: Impact, now: Impact): Wording | undefined {
  if (reviewed.money && now.money && moneyOf(reviewed) !== moneyOf(now))
    return say`It costs ${moneyOf(now)} a month now instead of ${moneyOf(reviewed)}.`;
  if (reviewed.until !== now.until && now.until !== undefined)
    return say`It can be undone until ${now.until} now.`;
  return undefined;
}

function moneyOf({ money }: Impact): string {
  return money ? formatMoney(hundredths(money.perMonth), money.currency) : "";
}

/** Amounts below zero count as zero: a smaller saving is not a new cost. */
function dearer({ money: was }: Impact, { money: now }: Impact): Wording | undefined {
  if (now === undefined) return undefined;
  if (was && was.currency !== now.currency)
    return say`It is paid in ${now.currency} now instead of ${was.currency}.`;
  if (isMore(was?.perMonth, now.perMonth))
    return say`It costs ${formatMoney(hundredths(now.perMonth), now.currency)} a month, and the reviewed plan says ${said(was?.perMonth, now.currency)}.`;
  if (!isMore(was?.committed, now.committed)) return undefined;
  return say`It commits ${formatMoney(hundredths(now.committed), now.currency)}, and the reviewed plan says ${said(was?.committed, now.currency)}.`;
}

function isMore(was = "0", now: string): boolean {
  const known = hundredths(was);
  return hundredths(now) > (known > 0n ? known : 0n);
}

function said(amount: string | undefined, currency: string): string {
  return formatMoney(hundredths(amount ?? "0"), currency);
}

function moreSeats({ seats: was = 0 }: Impact, { seats: now = 0 }: Impact): Wording | undefined {
  if (now > Math.max(was, 0)) return say`It adds ${now} seats, and the reviewed plan says ${was}.`;
  return now < Math.min(was, 0)
    ? say`It takes ${-now} seats away, and the reviewed plan says ${-was}.`
    : undefined;
}

function moreRights({ access: was }: Impact, { access: now }: Impact): Wording | undefined {
  const given = now?.gains.find((one) => !was?.gains.includes(one));
  if (given !== undefined)
    return say`It gives the right to ${given}, of which the reviewed plan says nothing.`;
  const taken = now?.loses.find((one) => !was?.loses.includes(one));
  return taken === undefined
    ? undefined
    : say`It takes the right to ${taken}, of which the reviewed plan says nothing.`;
}

const ranks = ["yes", "until", "no"] as const;

function harderBack(reviewed: Impact, now: Impact): string | undefined {
  if (ranks.indexOf(now.reversible) > ranks.indexOf(reviewed.reversible))
    return say`It is harder to undo than the reviewed plan says.`;
  return now.destructive && !reviewed.destructive
    ? say`It takes service or data away, of which the reviewed plan says nothing.`
    : undefined;
}
