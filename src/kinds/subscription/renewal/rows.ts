import type { Catalogue } from "../../../model/catalogue.ts";
import { compare } from "../../../model/diagnostic.ts";
import type { Settings } from "../../../model/generated/settings.ts";
import type { RenewalRow, Renewals, SeatCost, TermObject } from "../../../model/plan/renewals.ts";
import { dayAfter, dayBefore } from "../../../model/values/duration.ts";
import { times } from "../../../model/values/money.ts";
import type { OfferSpec } from "../../generated/offer.ts";
import type { Renewal, SubscriptionSpec } from "../../generated/subscription.ts";
import { isActive } from "../impact.ts";
import { type BilledTerm, monthsOf } from "./months.ts";
import { type Term, termOf } from "./term.ts";

/** What the rows are made with. */
export interface RenewalContext {
  readonly asOf: string;
  /** An ISO 8601 duration. */
  readonly within: string;
  readonly renewals: Settings["renewals"];
  catalogueOn(day: string): Catalogue | undefined;
}

/** The ends of terms until a day, and what the account is billed in the next twelve months. */
export function renewalsOf(
  subscriptions: readonly TermObject[],
  context: RenewalContext,
): Renewals {
  const { asOf, within } = context;
  const until = dayAfter(asOf, within);
  const all = subscriptions.flatMap((one) => rowOf(one, context) ?? []);
  const rows = all.map(({ row }) => row).filter(({ endsOn }) => endsOn <= until);
  return { asOf, until, rows: rows.sort(byUrgency), months: monthsOf(all, asOf) };
}

function byUrgency(left: RenewalRow, right: RenewalRow): number {
  return (
    Number(isDecided(left)) - Number(isDecided(right)) ||
    compare(left.endsOn, right.endsOn) ||
    compare(left.customer, right.customer) ||
    compare(left.name, right.name)
  );
}

function isDecided({ decision, status }: RenewalRow): boolean {
  return status === "suspended" || !["undecided", "unmanaged"].includes(decision);
}

/** Undefined if no end is known. */
function rowOf(one: TermObject, context: RenewalContext): BilledTerm | undefined {
  const { observed, address, declared, parentKey } = one;
  const spec: Partial<SubscriptionSpec> = observed.spec;
  const today = context.catalogueOn(context.asOf);
  const offer = today?.find(spec.offer ?? "") as OfferSpec | undefined;
  const term = termOf(observed.facts, offer, context.asOf);
  const { endsOn, autoRenew } = term;
  if (endsOn === undefined) return undefined;
  const renewal = (declared as Partial<SubscriptionSpec> | undefined)?.renewal ?? {};
  const decision = address === undefined ? "unmanaged" : (renewal.mode ?? "undecided");
  const acts = actsOn(renewal, endsOn, context);
  const next = nextOf(spec, renewal, { term, context });
  const row: RenewalRow = {
    ...(address !== undefined && { address }),
    id: observed.id,
    name: observed.key,
    customer: parentKey,
    offer: spec.offer ?? "",
    ...(offer && { offerName: offer.name }),
    status: isActive(spec) ? "active" : "suspended",
    endsOn,
    ...(autoRenew !== undefined && { renewsItself: autoRenew }),
    decision,
    ...(acts !== undefined && { actsOn: acts }),
    now: nowOf(spec, term, context),
    ...(next && { then: next }),
  };
  return { row, length: term.length };
}

function actsOn(renewal: Renewal, endsOn: string, { renewals }: RenewalContext) {
  if (renewal.mode === "cancel") return dayBefore(endsOn, renewals.actWithin);
  return renewal.quantity === undefined ? undefined : dayAfter(endsOn, "P1D");
}

/** At the price that was in force when the term began; else at today's. */
function nowOf(spec: Partial<SubscriptionSpec>, term: Term, context: RenewalContext): SeatCost {
  const { asOf, catalogueOn } = context;
  const { pricedOn = asOf } = term;
  const then = costOf(spec, pricedOn <= asOf ? catalogueOn(pricedOn) : undefined);
  return then.perMonth === undefined ? costOf(spec, catalogueOn(asOf)) : then;
}

/** At the price in force on the first day of the new term. Undefined if there is none. */
function nextOf(
  spec: Partial<SubscriptionSpec>,
  { mode, quantity, billingCycle }: Renewal,
  {
    term: { endsOn = "", autoRenew },
    context,
  }: { readonly term: Term; readonly context: RenewalContext },
): SeatCost | undefined {
  const ends = mode === "cancel" || (mode !== "renew" && autoRenew === false);
  if (ends || !isActive(spec)) return undefined;
  const seats = { ...spec, ...(quantity !== undefined && { quantity }) };
  return costOf(seats, context.catalogueOn(dayAfter(endsOn, "P1D")), billingCycle);
}

function costOf(
  { offer = "", quantity = 0, billingCycle: present, status }: Partial<SubscriptionSpec>,
  catalogue: Catalogue | undefined,
  billingCycle: string | undefined = present,
): SeatCost {
  const unit = catalogue?.price(offer, billingCycle);
  const seats = { quantity, ...(billingCycle !== undefined && { billingCycle }) };
  if (unit === undefined) return seats;
  const billed = status === "suspended" ? 0 : quantity;
  const { perMonth, committed, currency } = unit;
  return {
    ...seats,
    perMonth: times(perMonth, billed),
    committed: times(committed, billed),
    currency,
  };
}
