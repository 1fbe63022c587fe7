import { describe, expect, test } from "vitest";
import { address } from "../../src/model/address.ts";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import type { Receipt, Result, Status } from "../../src/model/plan/receipt.ts";
import { report } from "../../src/report/index.ts";
import { hugePlan } from "./plans.ts";
import { madeUpCode } from "../made-up-code.ts";
import type { Code } from "../../src/model/codes.ts";

const style = { color: false, width: 100 };
const offers = { e3: "Office 365 Enterprise E3", visio: "Visio Online Plan 2" };

/** A change of so many seats. */
function seats(name: string, quantity: number, given: Partial<Change["impact"]> = {}): Change {
  const { changes } = hugePlan(3);
  const at = address("Subscription", "office", name);
  const money = { perMonth: `${quantity * 100}.00`, committed: "0.00", currency: "CNY" };
  const impact = {
    reversible: "yes",
    money,
    seats: quantity,
    item: { quantity, offer: "e3" },
    ...given,
  } as const;
  return { ...(changes[0] as Change), id: `${at}#1`, address: at, impact };
}

function planOf(changes: readonly Change[]): Plan {
  return { ...hugePlan(3), names: offers, changes };
}

const alike = Array.from({ length: 60 }, (_, index) =>
  seats(`customer-${index}`, 10 + (index % 5)),
);

describe("a plan folds only what is alike", () => {
  test("and tells how many it folds, from the least to the most, and their sum", () => {
    const text = report("text")
      .show({ kind: "plan", plan: planOf(alike) }, style)
      .replaceAll(/\s+/gu, " ");
    expect(text).toContain("Subscription · Office 365 Enterprise E3, 60 to update");
    expect(text).toContain(
      "… and 57 more like these: +10 seats to +14 seats, +CNY 1,000.00/month to +CNY 1,400.00/month; +690 seats, +CNY 69,000.00/month in all",
    );
    const markdown = report("markdown").show({ kind: "plan", plan: planOf(alike) }, style);
    expect(markdown).toContain("… 57 more like these");
    expect(markdown).toMatch(
      /\+10 seats to \+14 seats.*\+690 seats, \+CNY 69,000\.00\/month in all/u,
    );
  });

  test.each(["text", "markdown"])(
    "outliers stand by name, as %s: in seats, in money, in the offer",
    (format) => {
      const outliers = [
        seats("by-seats", 500),
        seats("by-money", 12, {
          money: { perMonth: "99000.00", committed: "0.00", currency: "CNY" },
        }),
        seats("by-offer", 12, { item: { quantity: 12, offer: "visio" } }),
        seats("by-currency", 12, {
          money: { perMonth: "1200.00", committed: "0.00", currency: "USD" },
        }),
      ];
      const told = report(format).show(
        { kind: "plan", plan: planOf([...alike, ...outliers]) },
        style,
      );
      for (const { address } of outliers) expect(told).toContain(address);
      expect(told).toContain("12 × Visio Online Plan 2");
    },
  );

  test.each(["text", "markdown"])(
    "what cannot be undone stands by name, as %s, however much of it is alike",
    (format) => {
      const orders = Array.from({ length: 70 }, (_, index) =>
        seats(`order-${index}`, 10, { reversible: "no" }),
      );
      const told = report(format).show(
        { kind: "plan", plan: planOf([...alike, ...orders]) },
        { ...style, width: 140 },
      );
      for (const { address } of orders) expect(told).toContain(address);
      expect(told).toContain(
        "orders 70 subscriptions: 700 × Office 365 Enterprise E3 (70 subscriptions); +700 seats",
      );
    },
  );

  test("what a comment has no room for is summed up, and what cannot be undone is shown first", () => {
    const order = seats("the-order", 10, { reversible: "no" });
    const told = report("markdown").show(
      { kind: "plan", plan: planOf([...alike, order]) },
      { ...style, limit: 1700 },
    );
    expect(told).toContain("Subscription/the-order/office");
    expect(told).toMatch(
      /… and \d+ more changes that did not fit here: \+10 seats to \+14 seats.* in all\./u,
    );
  });

  test("what has no price is never summed as if it were free", () => {
    const { money: _, ...unpriced } = seats("x", 11).impact;
    const free = alike.map((change) => ({ ...change, impact: unpriced }));
    expect(
      report("text")
        .show({ kind: "plan", plan: planOf(free) }, style)
        .replaceAll(/\s+/gu, " "),
    ).toContain("+11 seats each; +627 seats, without 57 changes whose price is not known in all");
  });
});

describe("the first screen of a plan", () => {
  test("says in its first lines what it comes to and what cannot be undone", () => {
    const order = seats("fabrikam", 120, { reversible: "no" });
    const plan = {
      ...planOf([...alike, order]),
      totals: { ...hugePlan(3).totals, update: 61, seats: 840 },
    };
    const [first = "", ...more] = report("text")
      .show({ kind: "plan", plan }, { ...style, width: 200 })
      .split("\n\n");
    expect(first).toMatch(/^Plan for contoso/u);
    expect(more[0]).toBe(
      [
        "61 to update; 0 as declared. +840 seats",
        "Applying this orders 1 subscription: 120 × Office 365 Enterprise E3; +120 seats, +CNY 12,000.00/month. It cannot be undone.",
      ].join("\n"),
    );
  });

  test("a comment says what merging orders, and what else it does for good", () => {
    const {
      item: _,
      seats: __,
      money: ___,
      ...customer
    } = seats("x", 1, { reversible: "no" }).impact;
    const made = {
      ...seats("y", 1),
      address: address("Customer", "y"),
      kind: "Customer",
      impact: customer,
    };
    const told = report("markdown").show(
      { kind: "plan", plan: planOf([seats("fabrikam", 120, { reversible: "no" }), made]) },
      style,
    );
    expect(told).toContain(
      "⚠️ **Merging orders 1 subscription: 120 × Office 365 Enterprise E3; +120 seats, +CNY 12,000.00/month.** It cannot be undone.",
    );
    expect(told).toContain("⚠️ What merging does to `Customer/y` cannot be undone.");
    expect(report("markdown").show({ kind: "plan", plan: planOf(alike) }, style)).not.toContain(
      "Merging",
    );
  });
});

describe("a receipt folds only what ended alike", () => {
  const result = ({ id, address, action }: Change, status: Status, code?: Code): Result => ({
    change: id,
    address,
    action,
    status,
    ...(code !== undefined && { code }),
  });
  const receiptOf = (results: readonly Result[]): Receipt => ({
    version: 1,
    run: "r",
    plan: "sha256:1",
    account: { id: "contoso", adapter: "local" },
    actor: "li",
    startedAt: "2026-03-01T08:00:00Z",
    endedAt: "2026-03-01T08:00:01Z",
    ledger: { id: "l", head: "h" },
    allowed: [],
    results,
    spent: { reads: 1, writes: 1 },
  });

  test("and tells what it folds, with what that was to do", () => {
    const told = report("text").show(
      {
        kind: "receipt",
        receipt: receiptOf(alike.map((one) => result(one, "done"))),
        plan: planOf(alike),
      },
      style,
    );
    expect(told).toContain("Subscription/customer-0/office   10 × Office 365 Enterprise E3");
    expect(told.replaceAll(/\s+/gu, " ")).toMatch(
      /… and 50 more done: \+10 seats to \+14 seats, .*\+620 seats, \+CNY 62,000\.00\/month in all/u,
    );
  });

  test("who gained other rights, and whose object something was taken from, stand by name", () => {
    const taken = { reversible: "yes", destructive: true } as const;
    const others = [
      seats("administrator", 10, { access: { gains: ["manage users"], loses: [] } }),
      seats("closed", 10, taken),
    ];
    const changes = [...alike, ...others];
    const told = report("text").show(
      {
        kind: "receipt",
        receipt: receiptOf(changes.map((one) => result(one, "done"))),
        plan: planOf(changes),
      },
      style,
    );
    for (const { address } of others) expect(told).toContain(address);
  });

  test("failures of another code, orders, and what may have happened stand by name", () => {
    const others = [result(seats("denied", 10), "failed", "backend/denied")];
    const failed = [...alike.map((one) => result(one, "failed", "backend/rejected")), ...others];
    const unknown = alike.map((one) =>
      result(
        { ...one, address: address("Subscription", "office", `lost-${one.address.split("/")[1]}`) },
        "unknown",
      ),
    );
    const orders = Array.from({ length: 40 }, (_, index) =>
      seats(`order-${index}`, 10, { reversible: "no" }),
    );
    const results = [...failed, ...unknown, ...orders.map((one) => result(one, "done"))];
    const told = report("text").show(
      {
        kind: "receipt",
        receipt: receiptOf(results),
        plan: planOf([...alike, ...orders]),
      },
      style,
    );
    for (const { address } of [...others, ...unknown, ...orders]) expect(told).toContain(address);
    expect(told).toContain("… and 50 more failed");
  });
});

test("a pipeline is told of which codes the findings are that are not shown", () => {
  const problems = Array.from({ length: 70 }, (_, index) => ({
    severity: "error" as const,
    code: index < 60 ? "plan/blocked" : madeUpCode("offer/unknown"),
    message: "no",
  }));
  expect(report("github").show({ kind: "diagnostics", diagnostics: problems }, style)).toContain(
    "… and 21 more: 11 × plan/blocked, 10 × offer/unknown",
  );
});
