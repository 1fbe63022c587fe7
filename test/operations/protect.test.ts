import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ApplyResult } from "../../src/operations/apply/apply.ts";
import { exportAccount } from "../../src/operations/export/export.ts";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";

const file = "manifests/customers/tailspin.yaml";
const word = ["  name: reports\n", "  name: reports\n  protect: true\n"] as const;
const [plain, kept] = word;
const gone = [`${plain}spec:`, `${plain}state: absent\nreason: no reports\nspec:`] as const;
const lifted = { allow: ["protected"], reason: "nobody reads them" };

async function shopWhere(isProtected: boolean): Promise<ProjectHarness> {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  if (isProtected) shop.edit(file, word);
  expect((await shop.apply()).status).toBe("applied");
  return shop;
}

const planned = async (shop: ProjectHarness) =>
  (await shop.plan()).changes.map(({ id, action, protect = false }) => [id, action, protect]);
const codes = ({ diagnostics }: ApplyResult) => diagnostics.map(({ code }) => code);
const office = "Subscription/tailspin/reports";

test("a manifest that says it no more does not take protection away: a change of its own does, with a reason", async () => {
  const shop = await shopWhere(true);
  shop.edit(file, [kept, plain], gone);
  const first = await shop.plan();
  expect(first.changes).toMatchObject([{ id: `${office}#1`, action: "unprotect", protect: true }]);
  expect(first.problems.map(({ code, severity }) => [code, severity])).toEqual([
    ["plan/protected", "warning"],
  ]);
  expect(first.tripped.map(({ name, needsReason }) => [name, needsReason])).toEqual([
    ["protected", true],
  ]);
  expect([first.totals.unprotect, first.totals.remove, first.forecast]).toEqual([
    1,
    0,
    { reads: 0, writes: 0 },
  ]);
  expect(codes(await shop.apply({ plan: first, allow: ["removals", "service"] }))).toContain(
    "guard/protected",
  );
  expect(codes(await shop.apply({ plan: first, allow: ["protected"], reason: " " }))).toContain(
    "allow/needs-reason",
  );
  const told = await shop.apply({ plan: first, ...lifted });
  expect(told.receipt).toMatchObject({
    reason: "nobody reads them",
    results: [{ action: "unprotect", status: "done" }],
  });
  expect(await planned(shop)).toEqual([[`${office}#1`, "remove", false]]);
});

test("nor does a part of the manifests, nor another name", async () => {
  const shop = await shopWhere(true);
  expect((await shop.plan({ paths: [join(shop.folder, "manifests/users.yaml")] })).changes).toEqual(
    [],
  );
  shop.edit(file, [kept, "  name: insights\n  previously: [reports]\n"]);
  expect(await planned(shop)).toEqual([
    ["Subscription/tailspin/insights#1", "rename", false],
    ["Subscription/tailspin/insights#2", "unprotect", true],
  ]);
  shop.edit(file, ["  name: insights\n", "  name: insights\n  protect: true\n"]);
  expect((await shop.apply({ allow: [] })).status).toBe("applied");
  shop.edit(file, ["  previously: [reports]\n", ""], ["  protect: true\n", ""]);
  expect(await planned(shop)).toEqual([["Subscription/tailspin/insights#1", "unprotect", true]]);
});

test("what another plan has protected since is judged by that when it is applied", async () => {
  const shop = await shopWhere(false);
  shop.edit(file, gone);
  const removal = await shop.plan();
  shop.edit(file, [gone[1], gone[0]], word);
  expect(await planned(shop)).toEqual([[`${office}#1`, "protect", true]]);
  expect((await shop.apply({ allow: [] })).status).toBe("applied");
  expect(await planned(shop)).toEqual([]);
  shop.edit(file, [kept, plain], gone);
  const told = await shop.apply({ plan: removal });
  expect(told.receipt?.results).toMatchObject([{ change: `${office}#1`, status: "stale" }]);
  expect(await planned(shop)).toEqual([[`${office}#1`, "unprotect", true]]);
});

test("two plans take it away once, detached too; the object is protected by its manifest again at once", async () => {
  const shop = await shopWhere(true);
  shop.edit(file, [kept, plain]);
  const [whole, part] = [await shop.plan(), await shop.plan({ only: [office] })];
  expect(
    (await shop.apply({ plan: part, detached: true, marked: true, ...lifted })).receipt?.results,
  ).toMatchObject([{ status: "done" }]);
  expect((await shop.apply({ plan: whole, ...lifted })).receipt?.results).toMatchObject([
    { status: "done-earlier" },
  ]);
  expect(await planned(shop)).toEqual([]);
  shop.edit(file, word);
  expect(await planned(shop)).toEqual([[`${office}#1`, "protect", true]]);
});

test("protection is learned with the next change, and what cannot be undone beside it is stopped by the manifest", async () => {
  const shop = await shopWhere(false);
  shop.edit(file, word, ["quantity: 5\n", "quantity: 6\n"]);
  expect(await planned(shop)).toEqual([[`${office}#1`, "update", true]]);
  expect((await shop.apply({ allow: [] })).status).toBe("applied");
  expect((await shop.entries()).findLast(({ type }) => type === "intent")).toMatchObject({
    action: "update",
    protect: true,
  });
  expect(await planned(shop)).toEqual([]);
  shop.edit(file, [`${kept}spec:`, `${kept}state: absent\nreason: no reports\nspec:`]);
  const plan = await shop.plan();
  expect([plan.changes.map(({ action }) => action), plan.tripped.map(({ name }) => name)]).toEqual([
    ["remove"],
    ["protected"],
  ]);
});

test("an export says what the ledger protects, and planning it changes nothing", async () => {
  const shop = await shopWhere(true);
  const exported = await shop.at(({ project, view }) => exportAccount(project, view));
  const text = exported.ok ? [...exported.value.values()].join("---\n") : "";
  const names = text
    .split("---\n")
    .flatMap((one) =>
      one.includes("\n  protect: true\n") ? (/name: (.*)/.exec(one)?.[1] ?? []) : [],
    );
  const entries = await shop.entries();
  const told = entries.flatMap((one) =>
    one.type === "intent" && one.protect ? one.address.replace(/.*\//, "") : [],
  );
  expect(names.sort()).toEqual([...new Set(told)].sort());
  expect(names).toContain("reports");
});
