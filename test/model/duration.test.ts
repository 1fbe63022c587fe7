import fc from "fast-check";
import { expect, test } from "vitest";
import { momentAfter } from "../../src/model/values/duration.ts";

test.each([
  ["2026-03-01T08:00:05.250Z", "P60D", "2026-04-30T08:00:05Z"],
  ["2027-12-31T23:59:59Z", "P2M", "2028-03-02T23:59:59Z"],
  ["2028-02-28T00:00:00Z", "P1D", "2028-02-29T00:00:00Z"],
  ["2026-11-30T23:30:00Z", "P1W", "2026-12-07T23:30:00Z"],
  ["2026-11-30T23:30:00Z", "PT45M30S", "2026-12-01T00:15:30Z"],
  ["2026-11-30T23:30:00Z", "60 days", undefined],
  ["yesterday", "P60D", undefined],
])("%s and %s is %s", (at, duration, expected) => {
  expect(momentAfter(at, duration)).toBe(expected);
});

test("days are counted as the platform counts them", () => {
  const start = fc.date({
    min: new Date("1990-01-01T00:00:00Z"),
    max: new Date("2199-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(start, fc.nat({ max: 40_000 }), (at, days) => {
      const whole = new Date(Math.floor(at.getTime() / 1000) * 1000);
      const expected = new Date(whole.getTime() + days * 86_400_000)
        .toISOString()
        .replace(".000Z", "Z");
      expect(momentAfter(whole.toISOString(), `P${days}D`)).toBe(expected);
    }),
  );
});
