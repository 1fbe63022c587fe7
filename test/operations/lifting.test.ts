import { expect, onTestFinished, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { GuardName } from "../../src/model/codes.ts";
import type { Tripped } from "../../src/model/plan/plan.ts";
import { isAllowed, readLiftings } from "../../src/operations/apply/lifting.ts";
import { setUpProject } from "./project-harness.ts";

const tripped = (name: GuardName, amount: string): Tripped => ({
  name,
  message: "",
  amount,
  changes: [],
});

test.each<readonly [readonly string[], Tripped, boolean]>([
  [[], tripped("seats", "1"), false],
  [["seats"], tripped("seats", "9000"), true],
  [["money"], tripped("seats", "9000"), false],
  [["seats=9000"], tripped("seats", "9000"), true],
  [["seats=8,999"], tripped("seats", "9000"), false],
  [["money=1800.00"], tripped("money", "1800.00"), true],
  [["money=1,800"], tripped("money", "1800.01"), false],
  [["money=1", "money=2000"], tripped("money", "1800.00"), true],
])("%o lifts %o: %s", (written, one, expected) => {
  const read = readLiftings(written, kinds);
  expect(read.ok && isAllowed(one, read.value)).toBe(expected);
});

test.each([
  ["seat", "allow/unknown-guard", "Did you mean `seats`?"],
  ["share", "allow/unknown-guard", expect.stringMatching(/^Guards: protected, removals,/)],
  ["seats=many", "allow/not-an-amount", expect.stringContaining("--allow seats=500")],
  ["seats=", "allow/not-an-amount", expect.stringContaining("--allow seats=500")],
  ["seats=-1", "allow/not-an-amount", expect.stringContaining("--allow seats=500")],
])("%s is an error: %s", (written, code, hint) => {
  const { ok, diagnostics } = readLiftings([written, "money"], kinds);
  const found = diagnostics.map(({ values: _, ...one }) => one);
  expect(ok).toBe(false);
  expect(found).toEqual([{ severity: "error", code, hint, message: expect.any(String) }]);
});

test("a misspelt name applies nothing; what is taken away takes a reason, which the ledger keeps", async () => {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  await shop.apply();
  shop.edit("manifests/customers/tailspin.yaml", [
    "quantity: 60\n  billingCycle",
    "quantity: 30\n  billingCycle",
  ]);
  const before = (await shop.entries()).length;
  expect(await shop.apply({ allow: ["seats-take"] })).toMatchObject({
    status: "refused",
    diagnostics: [{ code: "allow/unknown-guard" }],
  });
  expect((await shop.entries()).length).toBe(before);
  const codes = async (allow: readonly string[], reason?: string) => {
    const told = await shop.apply({
      allow,
      ...(reason === undefined ? { reason: " " } : { reason }),
    });
    return [told.status, ...told.diagnostics.map(({ code }) => code)];
  };
  expect(await codes([])).toEqual(["guarded", "guard/seats-taken"]);
  expect(await codes(["seats-taken=29"], "fewer people")).toEqual(["guarded", "guard/seats-taken"]);
  expect(await codes(["seats-taken=30"])).toEqual(["guarded", "allow/needs-reason"]);
  expect(await codes(["seats-taken=30"], "fewer people")).toEqual(["applied"]);
  const opened = (await shop.entries()).findLast(({ type }) => type === "run-opened");
  expect(opened).toMatchObject({ allowed: ["seats-taken=30"], reason: "fewer people" });
});

test("a plan for another day is for looking: it says so, and is refused before the lease", async () => {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  const plan = await shop.plan({ asOf: "2027-06-01" });
  expect([plan.hypothetical, plan.asOf, (await shop.plan()).hypothetical]).toEqual([
    true,
    "2027-06-01",
    undefined,
  ]);
  for (const detached of [true, false])
    expect(await shop.apply({ plan, detached, marked: true })).toMatchObject({
      status: "refused",
      diagnostics: [{ code: "plan/hypothetical" }],
    });
  expect(await shop.entries()).toEqual([]);
});
