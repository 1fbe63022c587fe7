import { expect, test } from "vitest";
import type { Stored } from "../../../src/adapters/local/contents.ts";
import { termFacts } from "../../../src/adapters/local/term-facts.ts";
import { termOf } from "../../../src/kinds/subscription/renewal/term.ts";

const stored = (more: Partial<Stored>): Stored => ({
  ...{ kind: "Subscription", id: "s", key: "s", spec: {}, version: 1, ...more },
});
const monthly = { term: { unit: "month", count: 1 } } as const;

test.each([
  ["a month from the day after the order", "2026-01-30T08:00:00Z", "2026-03-01", "2026-03-15"],
  ["the last of a month that is too short", "2027-12-30T08:00:00Z", "2028-01-31", "2028-02-15"],
])("a term ends on the first 15th after %s", (_, orderedAt, today, endsOn) => {
  expect(termFacts(stored({ orderedAt }), monthly, today)).toMatchObject({ endsOn });
});

test.each([
  ["2026-01-31", "2026-01-31"],
  ["2026-02-01", "2026-02-28"],
  ["2026-03-01", "2026-03-31"],
  ["2026-04-30", "2026-04-30"],
])("a term that ends with a month does so after a short one too: on %s", (today, endsOn) => {
  const term = { startsOn: "2025-12-31", endsOn: "2026-01-31" };
  const facts = termFacts(stored({ term }), monthly, today);
  expect(facts).toMatchObject({ endsOn });
  expect(termOf(facts, undefined, today).endsOn).toBe(endsOn);
});
