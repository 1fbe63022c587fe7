import fc from "fast-check";
import { expect, test } from "vitest";
import { loadOffers } from "../../src/adapters/local/load-offers.ts";
import { type PriceList, parsePriceList } from "../../src/kinds/prices/price-list.ts";
import type { Price } from "../../src/kinds/prices/term-price.ts";
import type { OfferSpec } from "../../src/kinds/generated/offer.ts";
import { hasErrors } from "../../src/model/diagnostic.ts";
import { hundredths } from "../../src/model/values/money.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { demand } from "../engine-harness.ts";
import { act, withEngine } from "./judged.ts";
import { runs } from "./runs.ts";
import { two } from "./successors.ts";
import { inOneFile } from "./texts.ts";

const offers = new Map([...(await loadOffers())].map(([id, spec]) => [id, spec as OfferSpec]));

/** A price list as it is published, with a price of every offer. */
const prices: fc.Arbitrary<PriceList> = fc
  .array(fc.tuple(fc.nat(999_99), fc.nat(9999_99)), {
    minLength: offers.size,
    maxLength: offers.size,
  })
  .map((all) => {
    const rows = [...offers.keys()].map((id, index) =>
      [id, ...(all[index] ?? []).map((one) => (one / 100).toFixed(2))].join(","),
    );
    return demand(
      parsePriceList(["Offer ID,Price per month,Price per year", ...rows].join("\n"), "prices.csv"),
    );
  });

test("a plan's money is the sum over its changes, and what the account costs afterwards less what it cost before", async () => {
  const property = fc.asyncProperty(two, prices, ({ first, second }, list) =>
    withEngine(
      async (stage) => {
        for (const documents of [first, second]) {
          stage.declare(inOneFile(documents));
          const plan = await stage.plan();
          if (hasErrors(plan.problems)) return;
          const before = await stage.read();
          await act(stage);
          const moved = [subtract(costs(await stage.read(), list), costs(before, list))];
          expect(moved).toEqual([sumOf([plan.totals.money])]);
          expect(moved).toEqual([sumOf(plan.changes.map(({ impact }) => impact.money))]);
          expect(plan.totals.seats).toBe(
            plan.changes.reduce((sum, { impact }) => sum + (impact.seats ?? 0), 0),
          );
          expect(seats(await stage.read()) - seats(before)).toBe(plan.totals.seats);
          expect(plan.totals.money?.currency ?? "CNY").toBe("CNY");
        }
      },
      { prices: list },
    ),
  );
  await fc.assert(property, runs(13));
});

interface Sum {
  readonly perMonth: bigint;
  readonly committed: bigint;
}

function sumOf(all: readonly Plan["totals"]["money"][]): Sum {
  return all.reduce<Sum>(
    (sum, one) => ({
      perMonth: sum.perMonth + hundredths(one?.perMonth ?? "0"),
      committed: sum.committed + hundredths(one?.committed ?? "0"),
    }),
    { perMonth: 0n, committed: 0n },
  );
}

function subtract(left: Sum, right: Sum): Sum {
  return { perMonth: left.perMonth - right.perMonth, committed: left.committed - right.committed };
}

function active(all: readonly Observed[]): readonly Observed[] {
  return all.filter(({ kind, spec }) => kind === "Subscription" && spec.status === "active");
}

function seats(all: readonly Observed[]): number {
  return active(all).reduce((sum, { spec }) => sum + Number(spec.quantity), 0);
}

/**
 * What the account costs for the terms of its subscriptions, and a month's share of that, rounded
 * half away from zero for each subscription.
 */
function costs(all: readonly Observed[], list: PriceList): Sum {
  return active(all)
    .map(({ spec }) =>
      costOf(String(spec.offer), {
        cycle: String(spec.billingCycle),
        quantity: BigInt(Number(spec.quantity)),
        list,
      }),
    )
    .reduce(
      (sum, one) => ({
        perMonth: sum.perMonth + one.perMonth,
        committed: sum.committed + one.committed,
      }),
      {
        perMonth: 0n,
        committed: 0n,
      },
    );
}

function costOf(
  offer: string,
  {
    cycle,
    quantity,
    list,
  }: { readonly cycle: string; readonly quantity: bigint; readonly list: PriceList },
): Sum {
  const id = offer.toUpperCase();
  const months = offers.get(id)?.term?.unit === "month" ? 1n : 12n;
  const committed = quantity * unit(list.prices.get(id), cycle, months);
  return { perMonth: (2n * committed + months) / (2n * months), committed };
}

function unit(price: Price | undefined, cycle: string, months: bigint): bigint {
  return cycle === "annual"
    ? hundredths(price?.perYear ?? "0")
    : months * hundredths(price?.perMonth ?? "0");
}
