import fc from "fast-check";
import { expect, test } from "vitest";
import { dayAfter, dayBefore } from "../../src/model/values/duration.ts";

test.each([
  ["2026-03-01", "P60D", "2026-04-30"],
  ["2027-12-31", "P2M", "2028-02-29"],
  ["2028-02-28", "P1D", "2028-02-29"],
  ["2026-11-30", "P1W", "2026-12-07"],
  ["2028-02-29", "P1Y", "2029-02-28"],
  ["2026-11-30", "60 days", "2026-11-30"],
])("%s and %s is %s", (from, duration, expected) => {
  expect(dayAfter(from, duration)).toBe(expected);
});

test("days are counted as the platform counts them", () => {
  const start = fc.date({
    min: new Date("1990-01-01T00:00:00Z"),
    max: new Date("2199-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(start, fc.nat({ max: 40_000 }), (at, days) => {
      const from = at.toISOString().slice(0, 10);
      const to = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
      expect(dayAfter(from, `P${days}D`)).toBe(to);
      expect(dayBefore(to, `P${days}D`)).toBe(from);
    }),
  );
});
