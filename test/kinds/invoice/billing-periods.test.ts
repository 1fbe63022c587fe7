import fc from "fast-check";
import { expect, test } from "vitest";
import { billingDays } from "../../../src/kinds/invoice/bill.ts";
import { periodOf } from "../../../src/kinds/invoice/billing-periods.ts";
import { addMonths, dayNumber, dayText } from "../../../src/kinds/invoice/days.ts";
import type { SeatHistory } from "../../../src/kinds/invoice/seat-history.ts";
import type { InvoiceLine } from "../../../src/model/billing/invoice.ts";

const bought = (ordered: string, cycle: string): SeatHistory => ({
  ...{ id: "s", offerId: "o", cycle, ordered: dayNumber(ordered), steps: [] },
});
const billed = (day: string, before: string, date: number) => ({
  ...{ day: dayNumber(day), before: dayNumber(before), date },
});
const period = (history: SeatHistory, bill: ReturnType<typeof billed>, day: string) => {
  const { from, to } = periodOf(history, bill, dayNumber(day));
  return `${dayText(from)} ${dayText(to)}`;
};

test.each([
  ["2026-01-31", "2026-01-31 2026-02-27"],
  ["2026-02-27", "2026-01-31 2026-02-27"],
  ["2026-02-28", "2026-02-28 2026-03-30"],
  ["2026-03-30", "2026-02-28 2026-03-30"],
  ["2026-03-31", "2026-03-31 2026-04-29"],
  ["2028-02-29", "2028-02-29 2028-03-30"],
])("a billing day at the end of a month stays there after a short month: %s", (day, expected) => {
  const history = bought("2026-01-10", "monthly");
  expect(period(history, billed("2026-01-31", "2025-12-31", 31), day)).toBe(expected);
  expect(period(history, billed("2026-02-28", "2026-01-31", 31), day)).toBe(expected);
});

test("a year that begins on a leap day ends a day before the last of February", () => {
  const history = bought("2028-02-10", "annual");
  const bill = billed("2028-02-29", "2028-01-29", 29);
  expect(period(history, bill, "2029-02-27")).toBe("2028-02-29 2029-02-27");
  expect(period(history, bill, "2029-02-28")).toBe("2029-02-28 2030-02-27");
  expect(period(history, bill, "2032-02-29")).toBe("2032-02-29 2033-02-27");
});

test("every day lies in its period, and periods follow one another", () => {
  const day = fc.integer({ min: 0, max: 5000 });
  const cycle = fc.constantFrom("monthly", "annual");
  fc.assert(
    fc.property(day, day, cycle, fc.integer({ min: 1, max: 31 }), (ordered, later, how, date) => {
      const history = { ...bought("2020-01-01", how), ordered: 18_262 + ordered };
      const bill = { day: 18_262, before: 18_231, date };
      const first = periodOf(history, bill, 0);
      const at = first.from + later;
      const own = periodOf(history, bill, at);
      expect(own.from).toBeLessThanOrEqual(at);
      expect(own.to).toBeGreaterThanOrEqual(at);
      expect(periodOf(history, bill, own.to + 1).from).toBe(own.to + 1);
    }),
  );
});

test("an invoice made at the end of a short month tells its date by the period it charges", () => {
  const line: InvoiceLine = {
    ...{ number: 1, form: "license", name: "E3", chargeType: "Cycle fee", quantity: 1 },
    ...{ from: "2026-02-28", to: "2026-03-30", unitPrice: "1.00", currency: "CNY" },
    ...{ amount: "1.00", subtotal: "1.00", tax: "0.00", total: "1.00" },
  };
  const days = (own: InvoiceLine) => {
    const { day = 0, before = 0, date } = billingDays({ lines: [own] }) ?? {};
    return [dayText(day), dayText(before), date];
  };
  expect(days(line)).toEqual(["2026-02-28", "2026-01-31", 31]);
  expect(days({ ...line, to: "2026-03-27" })).toEqual(["2026-02-28", "2026-01-28", 28]);
  const april = { ...line, from: "2026-04-15", to: "2026-05-30" };
  expect(days(april)).toEqual(["2026-04-15", "2026-03-15", 15]);
  expect(dayText(addMonths(dayNumber("2026-01-31"), 1))).toBe("2026-02-28");
});
