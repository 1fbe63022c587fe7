import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainBilling } from "../../src/emulator/account/billing/billing-ways.ts";
import { billingDayAfter, billingDayFrom, dateOf } from "../../src/emulator/account/billing/day.ts";
import { adjustments, priceCharge } from "../../src/emulator/account/billing/lines.ts";
import { subscription } from "../../src/kinds/subscription.ts";
import type { Catalogue } from "../../src/model/catalogue.ts";
import type { Outlook } from "../../src/model/plan/outlook.ts";
import type { Spec } from "../../src/model/values/json.ts";
import { creates, removes, updates } from "./account.ts";

const at = "Subscription/fabrikam/office";
const spec = (billingCycle: string, quantity: number, status = "active"): Spec => ({
  ...{ customer: "fabrikam", offer: "E3", friendlyName: "office", billingCycle, quantity, status },
});

/** Prices of a seat for the term of a year, in hundredths. */
const prices = (monthly: number, annual = monthly): Catalogue => ({
  find: () => ({ term: { unit: "year", count: 1 } }),
  ids: ["E3"],
  price: (_, cycle) => {
    const hundredths = cycle === "annual" ? annual : monthly * 12;
    const committed = (hundredths / 100).toFixed(2);
    return { perMonth: "0.00", committed, months: 12, currency: "CNY" };
  },
});
const facts = { startsOn: "2026-11-11", endsOn: "2027-11-15", autoRenew: true };
const asOf = (day: string, more: Partial<Outlook> = {}): Outlook => ({
  ...{ catalogue: prices(10_000, 120_000), asOf: day, facts, ...more },
});
const told = (...[change, outlook]: Parameters<typeof subscription.impact>) => {
  const { prorated, termEnds, money } = subscription.impact(change, outlook);
  return { prorated, termEnds, committed: money?.committed };
};

describe("what a change of seats costs until the term ends", () => {
  test.each<readonly [string, string, number, number, object]>([
    // 15 of 30 days (from 15 to 14) of one seat at 100.00, and 11 more months.
    ["monthly", "2026-11-30", 10, 11, period("2026-11-30", "2026-12-14", "50.00", "1150.00")],
    ["monthly", "2026-11-30", 10, 8, period("2026-11-30", "2026-12-14", "-100.00", "-2300.00")],
    ["monthly", "2027-10-15", 10, 11, period("2027-10-15", "2027-11-14", "100.00", "100.00")],
    // 350 of 365 days of one seat at 1200.00.
    ["annual", "2026-11-30", 10, 11, period("2026-11-30", "2027-11-14", "1150.68", "1150.68")],
    // The last day of the term is a billing day: what begins on it belongs to the next term.
    ["monthly", "2027-11-15", 10, 11, period("2027-11-15", "2027-12-14", "100.00", "100.00")],
  ])("%s, on %s, from %i to %i seats", (cycle, day, before, after, expected) => {
    const change = updates(at, spec(cycle, before), spec(cycle, after));
    expect(told(change, asOf(day))).toEqual({ ...expected, termEnds: "2027-11-15" });
  });

  function period(from: string, to: string, amount: string, committed: string): object {
    return { prorated: { from, to, amount }, committed };
  }

  test("until the first bill it is free, and the whole term is committed after it", () => {
    const change = updates(at, spec("monthly", 10), spec("monthly", 11));
    const free = { from: "2026-11-12", to: "2026-11-14", amount: "0.00", free: true };
    const expected = { prorated: free, termEnds: "2027-11-15", committed: "1200.00" };
    expect(told(change, asOf("2026-11-12"))).toEqual(expected);
  });

  test("a suspension gives back the days that are left, and a reactivation charges them", () => {
    const [on, off] = [spec("monthly", 4), spec("monthly", 4, "suspended")];
    const day = asOf("2026-11-30");
    const [from, to] = ["2026-11-30", "2026-12-14"];
    expect(told(updates(at, on, off), day).prorated).toEqual({ from, to, amount: "-200.00" });
    expect(told(removes(at, on), day).prorated).toEqual({ from, to, amount: "-200.00" });
    expect(told(updates(at, off, on), day).prorated).toEqual({ from, to, amount: "200.00" });
  });

  test("an order is free until the billing day of the settings, if they say it", () => {
    const change = creates(at, spec("monthly", 2));
    const day = { ...asOf("2026-11-30", { billingDay: 15 }), facts: undefined } as Outlook;
    const free = { from: "2026-12-01", to: "2026-12-14", amount: "0.00", free: true };
    const expected = { prorated: free, termEnds: "2027-12-15", committed: "2400.00" };
    expect(told(change, day)).toEqual(expected);
    const { billingDay: _, ...unknown } = day;
    expect(told(change, unknown).termEnds).toBeUndefined();
    expect(told(creates(at, spec("none", 25)), day).termEnds).toBeUndefined();
  });

  test("a term keeps the price that was in force when it began", () => {
    const change = updates(at, spec("monthly", 10), spec("monthly", 11));
    const then: string[] = [];
    const dearer = asOf("2027-09-15", {
      catalogue: prices(20_000),
      pricedOn: (day) => {
        then.push(day);
        return prices(10_000);
      },
    });
    expect(told(change, dearer)).toMatchObject({ committed: "200.00" });
    expect(new Set(then)).toEqual(new Set(["2026-11-10"]));
    expect(told(change, { ...dearer, pricedOn: () => undefined }).committed).toBe("400.00");
  });

  test("without a price the days are known, and the money is not", () => {
    const change = updates(at, spec("monthly", 10), spec("monthly", 11));
    const outlook = asOf("2026-11-30", { catalogue: { ...prices(1), price: () => undefined } });
    const prorated = { from: "2026-11-30", to: "2026-12-14" };
    const expected = { prorated, termEnds: "2027-11-15", committed: undefined };
    expect(told(change, outlook)).toEqual(expected);
  });
});

test("the emulator bills what a plan tells", () => {
  const day = fc.integer({ min: 0, max: 360 });
  const seats = fc.integer({ min: 1, max: 300 });
  const price = fc.integer({ min: 1, max: 100_000 });
  const cycle = fc.constantFrom("monthly", "annual");
  fc.assert(
    fc.property(day, day, fc.tuple(seats, seats, price), cycle, (ordered, later, of, how) => {
      const [before, after, cents] = of;
      fc.pre(before !== after);
      const first = billingDayFrom(20_000 + ordered);
      const months = how === "annual" ? 12 : 1;
      const on = first + (later % 365);
      let from = first;
      while (billingDayAfter(from, months) <= on) from = billingDayAfter(from, months);
      const billed = {
        from,
        to: billingDayAfter(from, months) - 1,
        quantity: before,
        price: cents,
      };
      const state = { from, offerId: "E3", quantity: before, active: true, billingCycle: how };
      const changed = { ...state, from: on, quantity: after };
      const usage = { ...{ customerId: "c", subscriptionId: "s", firstBilling: first }, state };
      const [charge] = adjustments({ ...usage, changes: [changed] }, billed, "difference");
      const line = charge && priceCharge(charge, billed, plainBilling);
      const impact = told(
        updates(at, spec(how, before), spec(how, after)),
        asOf(dateOf(on), {
          catalogue: prices(cents, cents),
          facts: { startsOn: dateOf(first), endsOn: dateOf(billingDayAfter(first, 12)) },
        }),
      );
      expect(impact.prorated).toEqual({
        ...{ from: dateOf(on), to: dateOf(billed.to) },
        amount: ((line?.amount ?? 0) / 100).toFixed(2),
      });
    }),
  );
});
