import { describe, expect, test } from "vitest";
import { termOf } from "../../src/kinds/subscription/renewal/term.ts";
import { dayAfter, dayBefore } from "../../src/model/values/duration.ts";

describe("days", () => {
  test.each([
    ["2024-01-31", "P1M", "2024-02-29", "2023-12-31"],
    ["2026-03-01", "P1D", "2026-03-02", "2026-02-28"],
    ["2024-02-29", "P1Y", "2025-02-28", "2023-02-28"],
    ["2026-11-15", "P1W3D", "2026-11-25", "2026-11-05"],
  ])("%s and %s", (day, duration, later, earlier) => {
    expect([dayAfter(day, duration), dayBefore(day, duration)]).toEqual([later, earlier]);
  });
});

describe("a term", () => {
  const facts = { startsOn: "2024-05-02", endsOn: "2025-05-15", autoRenew: true };

  test("is the first one up to a month beyond its length, and a renewed one later", () => {
    expect(termOf(facts, undefined, "2024-06-01").renewedOn).toBeUndefined();
    const second = termOf({ ...facts, endsOn: "2026-05-15" }, undefined, "2025-06-01");
    expect(second).toMatchObject({ endsOn: "2026-05-15", renewedOn: "2025-05-16", length: "P1Y" });
  });

  test("has no known end where the end is more than five years away", () => {
    const far = { ...facts, endsOn: "2030-01-02", autoRenew: false };
    expect(termOf(far, undefined, "2025-01-02").endsOn).toBe("2030-01-02");
    expect(termOf(far, undefined, "2025-01-01").endsOn).toBeUndefined();
  });

  test("is a year long where nobody tells", () => {
    expect(termOf(undefined, undefined, "2025-01-01")).toEqual({ length: "P1Y" });
  });
});
