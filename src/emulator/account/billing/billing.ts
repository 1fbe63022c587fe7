import { findOffer } from "../commerce/catalogue.ts";
import { subscriptionAt } from "../commerce/subscriptions.ts";
import type { EmulatedAccount, Subscription } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import type { BillingWays } from "./billing-ways.ts";
import { billingDayAfter, dateOf, type Day, dayOf, startOf } from "./day.ts";
import type { BilledInvoice, BilledLine, BillingPeriod, Usage } from "./records.ts";
import { adjustments, advance, freeChanges, priceCharge, type PricedCharge } from "./lines.ts";
import { priceOn } from "./price.ts";

/** Whether a billing day has come for which no invoice has been made yet. */
export function isBillingDue({ counters }: EmulatedAccount, now: number): boolean {
  const next = counters.get("billing")?.value;
  return next !== undefined && next <= now;
}

/** Makes the invoices of all billing days up to now. A month without any line has none. */
export function bill(transaction: Transaction, ways: BillingWays): void {
  let next = transaction.get("counters", "billing")?.value ?? Number.POSITIVE_INFINITY;
  while (next <= transaction.now) {
    billOn(transaction, dayOf(next), ways);
    next = startOf(billingDayAfter(dayOf(next), 1));
  }
  transaction.put("counters", "billing", { value: next });
}

function billOn(transaction: Transaction, day: Day, ways: BillingWays): void {
  const lines: BilledLine[] = [];
  for (const { subscriptionId } of transaction.all("usage")) {
    const usage = transaction.get("usage", subscriptionId);
    if (usage === undefined || usage.firstBilling > day) continue;
    const { charges, after } = billSubscription(transaction, { usage, day, ways });
    transaction.put("usage", subscriptionId, after);
    for (const charge of charges) lines.push(lineOf(transaction, usage, charge));
  }
  if (lines.length === 0) return;
  const id = `D02${transaction.newId().replaceAll("-", "").slice(0, 7).toUpperCase()}`;
  const invoice: BilledInvoice = {
    id,
    date: dateOf(day),
    periodStart: dateOf(billingDayAfter(day, -1)),
    periodEnd: dateOf(day - 1),
    total: lines.reduce((sum, { amount, tax }) => sum + amount + tax, 0),
    lines,
  };
  transaction.put("invoices", id, invoice);
}

interface Billing {
  readonly usage: Usage;
  readonly day: Day;
  readonly ways: BillingWays;
}

interface Billed {
  readonly charges: readonly PricedCharge[];
  readonly after: Usage;
}

/** Closes what changed before this day, and charges the next period if it begins now. */
function billSubscription(transaction: Transaction, { usage, day, ways }: Billing): Billed {
  const due: Usage = { ...usage, changes: usage.changes.filter(({ from }) => from < day) };
  const later = usage.changes.filter(({ from }) => from >= day);
  const state = due.changes.at(-1) ?? usage.state;
  const { period } = usage;
  const charges =
    period === undefined
      ? state.active
        ? freeChanges(due, day - 1).map((one) => priceCharge(one, { ...free, to: day - 1 }, ways))
        : []
      : period.price === 0
        ? []
        : adjustments(due, period, ways.changes).map((one) => priceCharge(one, period, ways));
  const closed: Usage = { ...usage, state, changes: later };
  if (period !== undefined && period.to >= day) return { charges, after: closed };
  const { next, after } = begin(transaction, closed, day);
  if (!state.active || next.price === 0) return { charges, after };
  const type = charged(usage, day);
  return {
    charges: [...charges, priceCharge(advance(type, next, state.offerId), next, ways)],
    after,
  };
}

const free = { from: 0, price: 0 };

function charged(
  { firstBilling, termPrice }: Usage,
  day: Day,
): "Purchase fee" | "Cycle fee" | "Renew fee" {
  if (termPrice === undefined) return "Purchase fee";
  return isRenewal(firstBilling, day) ? "Renew fee" : "Cycle fee";
}

/** Terms are years from the first billing day on. */
function isRenewal(firstBilling: Day, day: Day): boolean {
  return day > firstBilling && dateOf(day).slice(5) === dateOf(firstBilling).slice(5);
}

/** Begins a period. A term keeps the price that was in force when it began. */
function begin(
  transaction: Transaction,
  usage: Usage,
  day: Day,
): { readonly next: BillingPeriod; readonly after: Usage } {
  const { firstBilling, state, termPrice } = usage;
  const termBegan = day === firstBilling ? orderedOn(transaction, usage) : dateOf(day);
  const isNewTerm = termPrice === undefined || isRenewal(firstBilling, day);
  const price = isNewTerm ? priceOn(transaction, state.offerId, termBegan) : termPrice;
  const isAnnual = state.billingCycle === "annual";
  const cents = (isAnnual ? price?.perYear : price?.perMonth) ?? 0;
  const to = billingDayAfter(day, isAnnual ? 12 : 1) - 1;
  const next = { from: day, to, quantity: state.active ? state.quantity : 0, price: cents };
  return { next, after: { ...usage, period: next, ...(price && { termPrice: price }) } };
}

function orderedOn(transaction: Transaction, usage: Usage): string {
  return subscriptionOf(transaction, usage).createdAt.slice(0, 10);
}

function subscriptionOf(
  transaction: Transaction,
  { customerId, subscriptionId }: Usage,
): Subscription {
  const found = transaction.get("customers", customerId)?.subscriptions[subscriptionId];
  if (found === undefined) throw new Error(`usage of no subscription: ${subscriptionId}`);
  return subscriptionAt(found, transaction.now);
}

function lineOf(transaction: Transaction, usage: Usage, charge: PricedCharge): BilledLine {
  const bought = subscriptionOf(transaction, usage);
  const { type, offerId, from, to, unitPrice, quantity, amount, tax } = charge;
  return {
    customerId: usage.customerId,
    subscriptionId: usage.subscriptionId,
    orderId: bought.orderId,
    offerId,
    subscriptionName: bought.friendlyName || (findOffer(offerId)?.name ?? ""),
    ...(bought.partnerId !== undefined && { partnerIdOnRecord: bought.partnerId }),
    cycle: bought.billingCycle,
    subscriptionStart: bought.effectiveStartDate.slice(0, 10),
    subscriptionEnd: bought.commitmentEndDate.slice(0, 10),
    ...{ from: dateOf(from), to: dateOf(to), chargeType: type },
    ...{ unitPrice, quantity, amount, tax },
  };
}
