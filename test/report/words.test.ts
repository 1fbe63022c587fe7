import { expect, test } from "vitest";
import { progressLine } from "../../src/report/index.ts";
import { columns, flow, wrap } from "../../src/report/wording/layout.ts";
import { formatValue } from "../../src/report/wording/value.ts";
import {
  count,
  formatElapsed,
  formatMoment,
  money,
  number,
  perMonth,
  some,
} from "../../src/report/wording/format.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [-1234567.5, "-1,234,567.5"],
  [1e21, "1e+21"],
  ["12345.60", "12,345.60"],
])("number %s", (value, expected) => expect(number(value)).toBe(expected));

test("one and many", () => {
  expect([count(0, "change"), count(1, "change"), count(1200, "change")]).toEqual([
    "0 changes",
    "1 change",
    "1,200 changes",
  ]);
  expect(count(2, "entry")).toBe("2 entries");
  expect(some(["a", "b", "c"], 2)).toBe("a, b and 1 more");
  expect(some(["a", "b"], 2)).toBe("a, b");
});

test("money", () => {
  expect(money("-1234.50", "CNY")).toBe("-CNY 1,234.50");
  const price = (amount: string) =>
    perMonth({ perMonth: amount, committed: "0.00", currency: "CNY" });
  expect([price("90.00"), price("-90.00"), price("0.00")]).toEqual([
    "+CNY 90.00/month",
    "-CNY 90.00/month",
    "",
  ]);
});

test("time", () => {
  expect([850, 12_340, 59_960, 192_000, 3_840_000].map((one) => formatElapsed(one))).toEqual([
    "850 ms",
    "12.3 s",
    "1 min 0 s",
    "3 min 12 s",
    "1 h 4 min",
  ]);
  expect(formatMoment("2026-03-01T08:00:00.123Z")).toBe("2026-03-01 08:00:00 UTC");
});

test("a text is in quotes only where it could be mistaken for something else", () => {
  expect(
    ["office", "true", "10", "", " a", "[x]", "+86 10"].map((text) => formatValue(text)),
  ).toEqual(["office", '"true"', '"10"', '""', '" a"', '"[x]"', "+86 10"]);
  expect([
    formatValue(true),
    formatValue(10_000),
    formatValue(null),
    formatValue([]),
    formatValue({ a: [1, "b"] }),
  ]).toEqual(["true", "10,000", "null", "[]", "{a: [1, b]}"]);
  expect(formatValue("id-1", { "id-1": "Office" })).toBe("Office");
});

test("lines are never wider than asked, Chinese characters counted as two columns", () => {
  const lines = wrap(`${"法布里坎".repeat(9)} a ${"x".repeat(50)}`, 20);
  expect(lines.every((line) => columns(line) <= 20)).toBe(true);
  expect(lines.join("").replaceAll(" ", "")).toBe(`${"法布里坎".repeat(9)}a${"x".repeat(50)}`);
  expect(flow(["aaaa", "bbbb", "cccc"], ", ", 11)).toEqual(["aaaa, bbbb,", "cccc"]);
});

test("a very long word takes no longer than its length", () => {
  expect(wrap("x".repeat(1_000_000), 80)).toHaveLength(12_500);
});

test.each([
  [
    { done: 0, total: 40, requests: 0, elapsedMs: 0 },
    80,
    "░░░░░░░░░░░░░░░░░░░░  0 of 40 · 0 requests · 0 ms",
  ],
  [
    { done: 10, total: 40, requests: 21, elapsedMs: 5000 },
    80,
    "█████░░░░░░░░░░░░░░░  10 of 40 · 21 requests · about 15 s left",
  ],
  [
    { done: 40, total: 40, requests: 1, elapsedMs: 65_000 },
    80,
    "████████████████████  40 of 40 · 1 request · 1 min 5 s",
  ],
  [
    { done: 1, total: 4000, requests: 2, elapsedMs: 1000, what: "reading\u001b[2J" },
    60,
    "reading␛[2J · 1 of 4,000 · 2 requests · about 1 h 6 min left",
  ],
  [{ done: 0, total: 0, requests: 0, elapsedMs: 0 }, 20, "0 of 0 · 0 requests…"],
])("progress %o", (progress, width, expected) => {
  expect(progressLine(progress, { color: false, width })).toBe(expected);
});
