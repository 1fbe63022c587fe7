import { expect, test } from "vitest";
import type { Adapter } from "../../src/model/adapter.ts";
import type { Observed } from "../../src/model/observed.ts";
import { exportAccount } from "../../src/operations/export/export.ts";
import { newAccount, setUpEngine } from "../engine-harness.ts";

const customer = {
  kind: "Customer",
  id: "c1",
  key: "f.partner.onmschina.cn",
  spec: { domain: "f.partner.onmschina.cn" },
};
const legacy = (id: string, offer: string): Observed => ({
  kind: "Subscription",
  id,
  key: id,
  parentId: "c1",
  spec: {
    customer: "c1",
    offer,
    quantity: 5,
    friendlyName: id,
    status: "active",
    billingCycle: "monthly",
  },
});

/** The account of an adapter, with a customer and these subscriptions. */
function holding(adapter: Adapter, subscriptions: readonly Observed[]): Adapter {
  return {
    ...adapter,
    async *read(query, signal) {
      if (query.kind === "Customer") yield customer;
      else if (query.kind === "Subscription") yield* subscriptions;
      else yield* adapter.read(query, signal);
    },
  };
}

test("what is of new commerce is left out of an export, and said to be; the rest plans to nothing", async () => {
  const account = newAccount({ seed: "new commerce" });
  const many = Array.from({ length: 12 }, (_, at) =>
    legacy(`n${at}`, `CFQ7TTC0LH18:${String(at).padStart(4, "0")}:CFQ7TTC0K971`),
  );
  const office = legacy("office", "5FA4F213-638C-5693-ADE5-924129D90D90");
  const stage = setUpEngine(holding(account.adapter, [office, ...many]));
  const exported = await exportAccount(stage.project, stage.view);
  if (!exported.ok) throw new Error("not exported");
  expect(exported.diagnostics).toMatchObject([{ severity: "warning", code: "export/left-out" }]);
  expect(exported.diagnostics[0]?.message).toMatch(
    /^12 objects .* Subscription n0, .* Subscription n9, …\.$/,
  );
  expect([...exported.value.values()].join("")).not.toContain("CFQ7TTC0LH18");
  stage.declare([...exported.value].map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  const plan = await stage.plan();
  expect([plan.problems, plan.changes]).toEqual([[], []]);
  expect(plan.unmanaged?.filter(({ kind }) => kind === "Subscription")).toHaveLength(12);
  await account.close();
});

test("nothing is said where nothing is left out", async () => {
  const account = newAccount({ seed: "new commerce" });
  const stage = setUpEngine(
    holding(account.adapter, [legacy("office", "5FA4F213-638C-5693-ADE5-924129D90D90")]),
  );
  expect((await exportAccount(stage.project, stage.view)).diagnostics).toEqual([]);
  await account.close();
});
