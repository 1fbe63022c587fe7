import { compare } from "../../model/diagnostic.ts";
import type { Catalogue } from "../../model/catalogue.ts";
import type {
  RepricedSubscription,
  PriceChange,
  PriceChanges,
} from "../../model/generated/documents.ts";
import type { TermObject } from "../../model/plan/renewals.ts";
import { dayAfter } from "../../model/values/duration.ts";
import { amount, hundredths, sum } from "../../model/values/money.ts";
import type { OfferSpec } from "../generated/offer.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import { isActive } from "../subscription/impact.ts";
import { termOf } from "../subscription/renewal/term.ts";
import type { PriceList } from "./price-list.ts";
import { divideRounded } from "./term-price.ts";

/** Two price lists of one currency, and the catalogue with the prices of each. */
export interface TwoLists {
  readonly old: { readonly file: string; readonly list: PriceList; readonly catalogue: Catalogue };
  readonly new: TwoLists["old"];
  readonly asOf: string;
  /** The day from which the new one is in force. */
  readonly effective?: string;
}

/** Compares the prices of two lists, and what the subscriptions of an account pay by them. */
export function priceChanges(subscriptions: readonly TermObject[], lists: TwoLists): PriceChanges {
  const rows = subscriptions.flatMap((one) => rowOf(one, lists) ?? []).sort(byDifference);
  const priced = rows.flatMap(({ perMonth, perYear }) =>
    perMonth === undefined || perYear === undefined ? [] : [{ perMonth, perYear }],
  );
  return {
    old: lists.old.file,
    new: lists.new.file,
    ...(lists.effective !== undefined && { effective: lists.effective }),
    currency: lists.new.list.currency,
    offers: offersOf(lists),
    subscriptions: rows,
    perMonth: sum(priced.map((one) => one.perMonth)),
    perYear: sum(priced.map((one) => one.perYear)),
    unpriced: rows.length - priced.length,
  };
}

const cycles = [
  ["monthly", "perMonth"],
  ["annual", "perYear"],
] as const;

function offersOf({ old: was, new: is }: TwoLists): readonly PriceChange[] {
  const ids = [...new Set([...was.list.prices.keys(), ...is.list.prices.keys()])].sort(compare);
  return ids.flatMap((offer) =>
    cycles.flatMap(([billingCycle, column]) => {
      const [before, after] = [was, is].map(({ list }) => list.prices.get(offer)?.[column]);
      if (isSame(before, after)) return [];
      const name = (is.catalogue.find(offer) as OfferSpec | undefined)?.name;
      return [
        {
          offer,
          ...(name !== undefined && { offerName: name }),
          billingCycle,
          ...(before !== undefined && { old: plain(before) }),
          ...(after !== undefined && { new: plain(after) }),
        },
      ];
    }),
  );
}

function isSame(before: string | undefined, after: string | undefined): boolean {
  return before === undefined || after === undefined
    ? before === after
    : hundredths(before) === hundredths(after);
}

function plain(price: string): string {
  return amount(hundredths(price));
}

/** Undefined if its price is the same in both lists, if it is not billed, or if it ends. */
function rowOf(one: TermObject, lists: TwoLists): RepricedSubscription | undefined {
  const { observed, address, declared, parentKey } = one;
  const { offer = "", billingCycle, ...spec }: Partial<SubscriptionSpec> = observed.spec;
  const { renewal = {} } = (declared ?? {}) as Partial<SubscriptionSpec>;
  if (!isActive(spec) || renewal.mode === "cancel") return undefined;
  const [was, is] = [lists.old, lists.new].map(({ catalogue }) =>
    yearly(catalogue, offer, billingCycle),
  );
  if (was === is) return undefined;
  const quantity = renewal.quantity ?? spec.quantity ?? 0;
  const known = lists.new.catalogue.find(offer) as OfferSpec | undefined;
  const from = nextTerm(one, known, lists);
  return {
    ...(address !== undefined && { address }),
    ...{ id: observed.id, name: observed.key, customer: parentKey, offer },
    ...(known && { offerName: known.name }),
    quantity,
    ...(billingCycle !== undefined && { billingCycle }),
    ...(from !== undefined && { from }),
    ...differenceOf(was, is, quantity),
  };
}

function differenceOf(
  was: bigint | undefined,
  is: bigint | undefined,
  quantity: number,
): Pick<RepricedSubscription, "perMonth" | "perYear"> {
  if (was === undefined || is === undefined) return {};
  const perYear = (is - was) * BigInt(quantity);
  const share = divideRounded(perYear < 0n ? -perYear : perYear, 12n);
  return { perMonth: amount(perYear < 0n ? -share : share), perYear: amount(perYear) };
}

/** The price of a seat for twelve months, in hundredths. */
function yearly(catalogue: Catalogue, offer: string, cycle: string | undefined) {
  const unit = catalogue.price(offer, cycle);
  return unit && divideRounded(hundredths(unit.committed) * 12n, BigInt(unit.months));
}

/** A running term keeps its price: the first one that begins under the new list has the new one. */
function nextTerm(
  { observed }: TermObject,
  offer: OfferSpec | undefined,
  { asOf, effective = asOf }: TwoLists,
): string | undefined {
  const { endsOn, length } = termOf(observed.facts, offer, asOf);
  if (endsOn === undefined) return undefined;
  let from = dayAfter(endsOn, "P1D");
  while (from < effective) from = dayAfter(from, length);
  return from;
}

function byDifference(left: RepricedSubscription, right: RepricedSubscription): number {
  const size = ({ perYear }: RepricedSubscription) =>
    perYear === undefined ? -1 : Math.abs(Number(perYear));
  return (
    size(right) - size(left) ||
    compare(left.customer, right.customer) ||
    compare(left.name, right.name)
  );
}
