import { beforeEach, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../src/adapters/system-clock.ts";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import type { Change, Plan } from "../../../src/model/plan/plan.ts";
import { planWith } from "../../../src/operations/plan/plan.ts";
import { why } from "../../../src/operations/why.ts";
import { report } from "../../../src/report/index.ts";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import { type Client, client } from "../../emulator/client.ts";
import { ids } from "../../emulator/example-account.ts";
import { freshEmulator } from "../../emulator/fresh.ts";
import { type EngineHarness, setUpEngine, sourcesOf } from "../../engine-harness.ts";
import { folder } from "../changes.ts";
import { emulatorOptions } from "./emulated.ts";

const fresh = freshEmulator();
const both = { audit: { records: true, directory: true } };
const signedIn = "automation@contosopartner.partner.onmschina.cn";
const e3 = `/v1/customers/${ids.fabrikam}/subscriptions/${ids.e3}`;
const chen = "chen.jie@contosopartner.partner.onmschina.cn";
let emulator: Emulator;
let other: Client;

const manifests = `
apiVersion: partnercenter/v1
kind: Customer
metadata: { name: fabrikam, id: ${ids.fabrikam} }
spec: { domain: fabrikam.partner.onmschina.cn }
---
apiVersion: partnercenter/v1
kind: Subscription
metadata: { name: office, id: ${ids.e3.toLowerCase()} }
spec: { customer: fabrikam, offer: 5FA4F213-638C-5693-ADE5-924129D90D90, quantity: 12, billingCycle: monthly }
---
apiVersion: partnercenter/v1
kind: User
metadata: { name: chen, id: ${ids.chen} }
spec: { userPrincipalName: ${chen}, displayName: Chen Jie of Sales }
`;

/** The manifests above as applied by an adapter with these options. */
async function applied(options: Spec): Promise<EngineHarness> {
  const clock = { ...systemClock, now: () => emulator.control.now() };
  const adapter = partnerCenter(emulatorOptions(emulator.url, options), { root: folder(), clock });
  onTestFinished(() => adapter.close());
  const stage = setUpEngine(adapter, { now: () => emulator.control.now().toISOString() });
  stage.declare(sourcesOf([["all.yaml", manifests]]));
  const { receipt } = await stage.apply();
  expect(receipt?.results.map(({ status }) => status)).toEqual(["done", "done"]);
  return stage;
}

const of = (plan: Plan, kind: string): Change | undefined =>
  plan.changes.find((change) => change.kind === kind);

beforeEach(async () => {
  emulator = fresh();
  emulator.control.setQuirks({ beyond21Vianet: true });
  other = await client(emulator, "user");
});

test("drift has the name and the time of who changed it, in the plan and in every form of it", async () => {
  const stage = await applied(both);
  emulator.control.advance("PT2H");
  other = await client(emulator, "user");
  const at = emulator.control.now().toISOString().slice(0, 13);
  expect((await other("PATCH", e3, { body: { quantity: 20 } })).status).toBe(200);
  const directory = await client(emulator, "user", "graph");
  await directory("PATCH", `/v1.0/users/${ids.chen}`, { body: { displayName: "Chen J." } });
  const plan = await stage.plan();
  expect(of(plan, "Subscription")?.changedBy).toEqual({
    at: expect.stringContaining(at),
    by: signedIn,
    operation: "update_subscription",
  });
  expect(of(plan, "User")?.changedBy).toMatchObject({ by: signedIn, operation: "Update user" });
  const style = { color: false, width: 160 };
  const told = `account drifted, by ${signedIn} on ${at.slice(0, 10)}`;
  expect(report("text").show({ kind: "plan", plan }, style)).toContain(told);
  expect(report("text").show({ kind: "plan", plan }, { ...style, personal: "masked" })).toContain(
    "account drifted, by <personal> on ",
  );
  expect(report("json").show({ kind: "plan", plan }, style)).toContain('"changedBy"');
  const explained = await why(stage.project, stage.view, "Subscription/fabrikam/office");
  expect(
    explained.ok &&
      report("text").show({ kind: "explanation", explanation: explained.value }, style),
  ).toContain(told);
});

test("a plan that names who changed it is applied like any other, and the ledger knows its own requests", async () => {
  const stage = await applied(both);
  await other("PATCH", e3, { body: { quantity: 20 } });
  const plan = await stage.plan();
  expect(of(plan, "Subscription")?.changedBy).toBeDefined();
  expect((await stage.apply({ plan })).receipt?.results).toMatchObject([{ status: "done" }]);
  const opened = [];
  for await (const entry of stage.ledger.entries())
    if (entry.type === "run-opened") opened.push(entry.correlation);
  expect(opened).toEqual([stage.adapter.correlation, stage.adapter.correlation]);
});

test("records of the ledger's own runs are not taken for somebody else's", async () => {
  const stage = await applied(both);
  const changed = await fetch(`${emulator.url}/_emulator/account/customers/${ids.fabrikam}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ subscriptions: { [ids.e3]: { quantity: 20 } } }),
  });
  expect(changed.status).toBe(200);
  const change = of(await stage.plan(), "Subscription");
  expect(change).toMatchObject({ cause: "drift" });
  expect(change?.changedBy).toBeUndefined();
});

test("records that cannot be read are a warning, and the plan is made", async () => {
  const stage = await applied(both);
  await other("PATCH", e3, { body: { quantity: 20 } });
  emulator.control.setQuirks({ beyond21Vianet: false });
  const planned = await planWith(stage.project, stage.view, {});
  const unread = planned.diagnostics.filter(({ code }) => code === "plan/audit-unread");
  expect(unread).toMatchObject([{ severity: "warning" }]);
  expect(planned.ok && of(planned.value.plan, "Subscription")).toMatchObject({ cause: "drift" });
});

test.each([
  ["nothing drifted", both, 12],
  ["they are switched off", {}, 20],
] as const)("no records are read where %s", async (_, options, quantity) => {
  const stage = await applied(options);
  await other("PATCH", e3, { body: { quantity } });
  emulator.control.clearRequests();
  expect(of(await stage.plan(), "Subscription")?.changedBy).toBeUndefined();
  expect(emulator.control.requests().filter(({ url }) => /audit/i.test(url))).toEqual([]);
});

test("the records are tried by check, each where it is switched on", async () => {
  const adapter = partnerCenter(emulatorOptions(emulator.url, both), { root: folder() });
  onTestFinished(() => adapter.close());
  const signal = new AbortController().signal;
  const names = [
    "Read who changed customers and subscriptions.",
    "Read who changed users and their roles.",
  ];
  const tried = async () =>
    (await adapter.probe?.(signal))?.filter(({ what }) => names.includes(what));
  expect(await tried()).toMatchObject([{ allowed: true }, { allowed: true }]);
  emulator.control.setQuirks({ beyond21Vianet: false });
  expect(await tried()).toMatchObject([{ allowed: false }, { allowed: true }]);
});
