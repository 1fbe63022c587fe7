import { beforeAll, describe, expect, test } from "vitest";
import type { Bill, InvoiceLine } from "../../../src/model/billing/invoice.ts";
import type { Reconciliation } from "../../../src/model/billing/reconciliation.ts";
import { type SimulatedYear, simulateYear } from "./year.ts";

const first = Number(process.env.SEED ?? 1);
const seeds = Array.from({ length: Number(process.env.SEEDS ?? 1) }, (_, index) => first + index);
const changes = Number(process.env.CHANGES ?? 1);

function openLines({ lines }: Reconciliation) {
  return lines.filter(({ status }) => status !== "explained");
}

/** The bills with another line in the place of one, or without it, or with more. */
function planted(
  bills: readonly Bill[],
  line: InvoiceLine,
  ...others: readonly InvoiceLine[]
): readonly Bill[] {
  return bills.map((bill) => ({
    ...bill,
    lines: bill.lines.flatMap((one) => (one === line ? others : [one])),
  }));
}

function isCycleFee({ chargeType, amount }: InvoiceLine): boolean {
  return chargeType === "Cycle fee" && Number(amount) > 0;
}

describe.each(seeds)("a year of random changes (SEED=%i)", (seed) => {
  let year: SimulatedYear;
  let line: InvoiceLine;
  beforeAll(async () => {
    year = await simulateYear(seed, changes);
    line = year.bills.at(5)?.lines.find(isCycleFee) as InvoiceLine;
  }, 300_000);

  test("every line is explained, and nothing is missing", () => {
    const result = year.again(year.bills);
    expect(year.applied).toBeGreaterThan(5);
    expect(result.lines.length).toBeGreaterThan(40);
    expect(openLines(result)).toEqual([]);
    expect(result.notBilled).toEqual([]);
    expect(result.sums.map(({ rounding, beyondLines }) => [rounding, beyondLines])).toEqual([
      ["0.00", "0.00"],
    ]);
    expect(result.lines.every(({ order }) => order?.actor === "li.wei")).toBe(true);
  });

  test.each<readonly [string, (line: InvoiceLine) => Partial<InvoiceLine>]>([
    ["quantity", ({ quantity, unitPrice }) => more(quantity + 1, unitPrice)],
    ["price", ({ quantity, unitPrice }) => more(quantity, (Number(unitPrice) + 1).toFixed(2))],
    ["period", ({ from }) => ({ from: `${from.slice(0, 8)}16` })],
    ["order", () => ({ subscriptionId: "00000000-0000-5000-8000-000000000000" })],
    ["type", () => ({ chargeType: "Fee of a sort nobody documented" })],
    ["credit", () => ({ chargeType: "Offset a line item", total: "-0.07" })],
    ["tax", ({ tax }) => ({ tax: (Number(tax) + 5).toFixed(2) })],
  ])("a planted error is found: %s", (status, change) => {
    const wrong = { ...line, ...change(line) };
    expect(openLines(year.again(planted(year.bills, line, wrong)))).toMatchObject([
      { status, line: wrong },
    ]);
  });

  test("a line that is missing is told as ordered and not billed", () => {
    const { notBilled, ...rest } = year.again(planted(year.bills, line));
    expect(openLines({ notBilled, ...rest })).toEqual([]);
    expect(notBilled).toMatchObject([
      { quantity: line.quantity, from: line.from, to: line.to, amount: line.amount },
    ]);
  });

  test("a line that is billed twice is found", () => {
    const twice = year.again(planted(year.bills, line, line, { ...line }));
    expect(openLines(twice)).toMatchObject([{ status: "quantity", expected: { quantity: 0 } }]);
  });

  test("a cent is rounding, which is summed; two are a price that differs", () => {
    const by = (cents: number) => {
      const amount = (Number(line.amount) + cents / 100).toFixed(2);
      const total = (Number(line.total) + cents / 100).toFixed(2);
      return year.again(planted(year.bills, line, { ...line, amount, subtotal: amount, total }));
    };
    expect(openLines(by(1))).toEqual([]);
    expect(by(1).sums[0]?.rounding).toBe("0.01");
    expect(openLines(by(2))).toMatchObject([{ status: "price" }]);
  });
});

function more(quantity: number, unitPrice: string): Partial<InvoiceLine> {
  const amount = (quantity * Number(unitPrice)).toFixed(2);
  const tax = (Number(amount) * 0.06).toFixed(2);
  const total = (Number(amount) + Number(tax)).toFixed(2);
  return { quantity, unitPrice, amount, subtotal: amount, tax, total };
}
