import { nameOf } from "../../model/address.ts";
import { type Change, type ChangeId, isForLedger } from "../../model/plan/plan.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import { isActive } from "./impact.ts";

/** The changes that other changes wait for. `stops` and `ready` are by base subscription. */
interface Waits {
  /** Add-ons that stop. */
  readonly stops: ReadonlyMap<string, readonly ChangeId[]>;
  /** The base becoming able to have add-ons: activated or upgraded. */
  readonly ready: ReadonlyMap<string, readonly ChangeId[]>;
  /**
   * Upgrades away from an offer, by customer and offer. They free a place where an offer is limited
   * per customer.
   */
  readonly frees: ReadonlyMap<string, readonly ChangeId[]>;
}

const known = new WeakMap<readonly Change[], Waits>();

/**
 * Add-ons stop before their base, and a base starts before its add-ons: an add-on is never active
 * on an inactive base. An order waits for upgrades away from the same offer, which may be limited
 * per customer.
 */
export function orderSubscriptions(change: Change, all: readonly Change[]): readonly ChangeId[] {
  const waits = known.get(all) ?? waitsOf(all);
  known.set(all, waits);
  if (change.action === "create")
    return [
      ...(waits.frees.get(offerKey(change, after(change))) ?? []),
      ...startsOn(change, waits),
    ];
  if (isStopped(change)) return waits.stops.get(ownKey(change)) ?? [];
  return startsOn(change, waits);
}

function startsOn(change: Change, { ready }: Waits): readonly ChangeId[] {
  const base = isStarted(change) ? baseKey(change) : undefined;
  return base === undefined ? [] : (ready.get(base) ?? []);
}

function waitsOf(all: readonly Change[]): Waits {
  const own = all.filter(({ kind }) => kind === "Subscription");
  const upgrades = own.filter(({ action }) => action === "upgrade");
  return {
    stops: byKey(own.filter(isStopped), baseKey),
    ready: byKey(own.filter(becomesFit), ownKey),
    frees: byKey(upgrades, (change) => offerKey(change, before(change))),
  };
}

function byKey(
  changes: readonly Change[],
  key: (change: Change) => string | undefined,
): ReadonlyMap<string, readonly ChangeId[]> {
  const found = new Map<string, ChangeId[]>();
  for (const change of changes) {
    const of = key(change);
    const ids = of === undefined ? undefined : found.get(of);
    if (ids !== undefined) ids.push(change.id);
    else if (of !== undefined) found.set(of, [change.id]);
  }
  return found;
}

function ownKey(change: Change): string {
  return `${change.parent}/${nameOf(change.address)}`;
}

function offerKey({ parent }: Change, spec: Partial<SubscriptionSpec> | undefined): string {
  return `${parent}/${spec?.offer}`;
}

function baseKey(change: Change): string | undefined {
  const spec: Partial<SubscriptionSpec> | undefined = after(change) ?? before(change);
  return spec?.addOnOf === undefined ? undefined : `${change.parent}/${spec.addOnOf}`;
}

/** Whether a change ends the service. */
function isStopped(change: Change): boolean {
  return (
    change.action !== "create" &&
    !isForLedger(change) &&
    isActive(before(change)) &&
    !isActive(after(change))
  );
}

/** Whether a change starts or restarts the service. */
function isStarted(change: Change): boolean {
  return !isActive(before(change)) && isActive(after(change));
}

function becomesFit(change: Change): boolean {
  return change.action === "upgrade" || isStarted(change);
}
