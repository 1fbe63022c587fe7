import { expect, test } from "vitest";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import { html } from "../../src/report/html/index.ts";
import { render, type Style } from "../../src/report/report.ts";
import { address } from "../../src/model/address.ts";
import { sampleHistory, samplePlan } from "./html-samples.ts";

const style: Style = { width: 100, color: false };
/** The money of a plan that is for these changes alone. */
function pageOf(changes: readonly Change[]) {
  const plan: Plan = { ...samplePlan(1), changes };
  return render(html.renderers, { kind: "plan", plan }, style) ?? "";
}

const bought = (parent: string, perMonth?: string): Change => ({
  ...{ id: `Subscription/${parent}/a#1`, address: address("Subscription", "a", parent) },
  ...{ kind: "Subscription", parent: `Customer/${parent}`, by: "adapter", reason: "declared" },
  ...{ cause: "new", basedOn: [], fields: [], requires: [] },
  ...{ action: "create", key: "a", desired: {} },
  impact: {
    ...{ reversible: "no", seats: 1 },
    ...(perMonth && { money: { perMonth, committed: perMonth, currency: "CNY" } }),
  },
});

test("a plan draws the money a month by customer, the largest first, with words for it", () => {
  const page = pageOf([bought("b", "10.00"), bought("a", "-20.00"), bought("c", "15.00")]);
  const drawing = /<svg class="drawing"[\s\S]*?<\/svg>/.exec(page)?.[0] ?? "";
  expect(drawing).toContain('<title id="money-CNY-name">Money a month by customer in CNY</title>');
  expect(drawing).toMatch(/<desc id="money-CNY-words">.+<\/desc>/);
  const names = [...drawing.matchAll(/text-anchor="end">([^<]+)</g)].map(([, name]) => name);
  expect(names).toEqual(["a", "c", "b"]);
  expect(drawing.match(/<rect class="less"/g)).toHaveLength(1);
  expect(drawing).toContain("−CNY 20.00");
});

test("one customer is not drawn, and a price that is not known has its column", () => {
  const page = pageOf([bought("a", "10.00"), bought("a"), bought("b")]);
  expect(page).not.toContain('<svg class="drawing"');
  const rows = [...page.matchAll(/<tr><th scope="row">.*?<\/tr>/g)].map(([row]) =>
    row.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " "),
  );
  expect(rows.find((row) => /Customer\/ ?b /.test(row))).toMatch(/– – \+1 1 1 $/);
});

test("a history draws what was done, and not what failed", () => {
  const { runs, ...history } = sampleHistory(1);
  const done = ["a", "b", "c"].map((parent, index) => {
    const { id, address: at, action, impact } = bought(parent, `${index + 1}0.00`);
    const planned = { cause: "new", reason: "declared", fields: [], impact } as const;
    const status = parent === "c" ? "failed" : "done";
    return {
      change: id,
      address: at,
      action,
      status,
      planned,
      at: "2026-03-01T08:00:00Z",
    } as const;
  });
  const changed = runs.map((run) => ({ ...run, changes: done }));
  const document = { kind: "history", history: { ...history, runs: changed } } as const;
  const page = render(html.renderers, document, style) ?? "";
  const names = [...page.matchAll(/text-anchor="end">([^<]+)</g)].map(([, name]) => name);
  expect(names).toEqual(["b", "a"]);
});
