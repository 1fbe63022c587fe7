import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Adapter } from "../../src/model/adapter.ts";
import { type CredentialSink, SinkUnavailable } from "../../src/model/credential.ts";
import { LedgerMoved } from "../../src/model/ledger/ledger.ts";
import type { Receipt } from "../../src/model/plan/receipt.ts";
import { type ApplyOptions, apply } from "../../src/operations/apply/apply.ts";
import { demandCredentials } from "../crash/demands.ts";
import { composition, things } from "../crash/scene.ts";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";

const options: ApplyOptions = {
  actor: "li.wei",
  allow: ["irreversible"],
  interactive: false,
  confirm: async () => true,
};

async function shopFor(): Promise<ProjectHarness> {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  return shop;
}

/** Applies with an adapter or a sink that is a little different. */
function applyWith(
  shop: ProjectHarness,
  {
    adapter,
    sink,
    signal,
  }: {
    readonly adapter?: (real: Adapter) => Partial<Adapter>;
    readonly sink?: Partial<CredentialSink>;
    readonly signal?: AbortSignal;
  },
) {
  return shop.at(async ({ project, view, writers }) => {
    const changed = adapter ? { ...writers.adapter, ...adapter(writers.adapter) } : writers.adapter;
    return apply(
      project,
      { ...view, reader: changed },
      { ...writers, adapter: changed, sink: { ...writers.sink, ...sink } },
      options,
    );
  }, signal);
}

function ended(receipt: Receipt | undefined, status: string): readonly string[] {
  return (receipt?.results ?? [])
    .filter((result) => result.status === status)
    .map(({ address, code }) => (code === undefined ? address : `${address} ${code}`));
}

/** The next run does all that is left, once. */
async function demandRest(shop: ProjectHarness): Promise<void> {
  expect(await shop.apply()).toMatchObject({ status: expect.stringMatching(/applied|nothing/) });
  expect((await shop.plan()).changes).toEqual([]);
  expect(new Set(composition(shop.kept.account)).size).toBe(composition(shop.kept.account).length);
  await demandCredentials(shop, shop.kept, { entries: await shop.entries(), what: "the next run" });
}

test("a lease taken over in the middle: the run stops, writes nothing more, and whoever holds the lease goes on", async () => {
  const shop = await shopFor();
  let writes = 0;
  const broken = applyWith(shop, {
    adapter: (real) => ({
      write: async (change, context) => {
        writes += 1;
        if (writes === 1) await shop.takeOver();
        return real.write(change, context);
      },
    }),
  });
  await expect(broken).rejects.toThrow(LedgerMoved);
  expect(writes).toBeLessThan(17);
  const entries = await shop.entries();
  const taken = entries.findIndex(
    (entry) => entry.type === "leased" && entry.owner.actor === "zhao.lei",
  );
  expect(entries.slice(taken + 1)).toEqual([]);
  expect(await shop.apply()).toMatchObject({
    status: "locked",
    held: { heldBy: { actor: "zhao.lei" } },
  });
  await delay(1100);
  await demandRest(shop);
});

test("a stop during the readings before writes: nothing more is sent, what was sent is recorded", async () => {
  const shop = await shopFor();
  await shop.apply();
  shop.edit(
    "manifests/users.yaml",
    ["displayName: Wang Fang", "displayName: Wang F."],
    ["displayName: Chen Jie", "displayName: Chen J."],
    ["displayName: Li Wei", "displayName: Li W."],
  );
  shop.simulate({ latency: 0.03 });
  const controller = new AbortController();
  const { receipt } = await applyWith(shop, {
    signal: controller.signal,
    adapter: (real) => ({
      read: (query, signal) => {
        if (query.id !== undefined) controller.abort();
        return real.read(query, signal);
      },
    }),
  });
  expect(receipt?.interrupted).toBe(true);
  expect(ended(receipt, "skipped")).toHaveLength(3);
  expect(ended(receipt, "skipped").every((one) => one.endsWith("skipped/interrupted"))).toBe(true);
  shop.simulate({});
  await demandRest(shop);
});

test("a stop while the account is read: nothing was applied, and that is no failure of ours", async () => {
  const shop = await shopFor();
  shop.simulate({ latency: 0.05 });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  expect(await shop.apply({}, controller.signal)).toMatchObject({
    status: "declined",
    diagnostics: [],
  });
  expect((await shop.entries()).some(({ type }) => type === "run-opened")).toBe(false);
});

test("a sink that cannot keep anything: whoever needs it is not made, all others are", async () => {
  const shop = await shopFor();
  const fail = async () => {
    throw new SinkUnavailable("A credential cannot be kept: the disk is full");
  };
  const { receipt } = await applyWith(shop, { sink: { deliver: fail, ready: fail } });
  expect(ended(receipt, "failed")).toEqual([
    ..."chen-jie li-wei wang-fang zhao-lei"
      .split(" ")
      .map((name) => `User/${name} credential/no-sink`),
    ..."fabrikam northwind tailspin"
      .split(" ")
      .map((name) => `Customer/${name} credential/no-sink`),
  ]);
  expect(ended(receipt, "skipped").filter((one) => one.includes("Subscription"))).toHaveLength(7);
  expect(ended(receipt, "done")).toContain("User/admin");
  expect(things(shop.kept.account).filter(({ kind }) => kind === "Customer")).toEqual([]);
  await demandRest(shop);
});

test("a sink that fails when a credential is handed out: the customer is made and bound, the credential is named as lost", async () => {
  const shop = await shopFor();
  const lost: string[] = [];
  const { receipt } = await shop.at(async ({ project, view, writers }) => {
    const deliver: CredentialSink["deliver"] = async (credential) => {
      if (credential.purpose !== "customer-admin") return writers.sink.deliver(credential);
      lost.push(credential.secret);
      throw new SinkUnavailable("A credential cannot be kept: the disk is full");
    };
    return apply(project, view, { ...writers, sink: { ...writers.sink, deliver } }, options);
  });
  const customers = receipt?.results.filter(({ address }) => address.startsWith("Customer/"));
  expect(customers).toHaveLength(3);
  for (const customer of customers ?? [])
    expect(customer).toMatchObject({
      status: "done",
      credential: "lost",
      code: "credential/lost",
      hint: expect.stringContaining("recover"),
      id: expect.any(String),
    });
  expect(ended(receipt, "done")).toHaveLength(17);
  for (const secret of lost)
    expect(JSON.stringify(receipt) + JSON.stringify(await shop.entries())).not.toContain(secret);
  await demandRest(shop);
});

test("a lost reply: what waits for it is skipped, it is settled by reading in the same run, and the credential that had arrived is not called lost", async () => {
  const shop = await shopFor();
  // The reply is lost after its credential was handed over, as a process that dies in between loses
  // it.
  const { receipt } = await applyWith(shop, {
    adapter: (real) => ({
      supports: {
        ...real.supports,
        Customer: { ...(real.supports.Customer ?? expect.fail()), repeatable: [] },
      },
      write: async (change, context) => {
        const made = await real.write(change, context);
        if (change.address !== "Customer/fabrikam") return made;
        throw Object.assign(new Error("the reply was lost"), {
          name: "AdapterError",
          problem: "unknown-outcome",
        });
      },
    }),
  });
  expect(receipt?.results.find(({ address }) => address === "Customer/fabrikam")).toMatchObject({
    status: "done",
    credential: "delivered",
  });
  expect(ended(receipt, "skipped")).toEqual(
    ["conferencing", "office", "visio"].map(
      (name) => `Subscription/fabrikam/${name} skipped/requires`,
    ),
  );
  await demandRest(shop);
});

test("a field that moved after the plan: that change is stale, the others go on", async () => {
  const shop = await shopFor();
  await shop.apply();
  shop.edit(
    "manifests/customers/tailspin.yaml",
    ["quantity: 60", "quantity: 70"],
    ["quantity: 5", "quantity: 6"],
  );
  const plan = await shop.plan();
  const [mail] = things(shop.kept.account).filter(({ key }) => key === "mail");
  await shop.at(async ({ writers: { adapter }, view }) => {
    const planned = plan.changes.find(({ address }) => address === "Subscription/tailspin/mail");
    if (planned?.action !== "update" || !mail) return expect.fail();
    const moved = { ...planned, patch: [{ op: "replace", path: "/quantity", value: 61 }] } as const;
    return adapter.write(moved, {
      requestId: "portal",
      bound: () => expect.fail(),
      deliver: async () => {},
      permit: async () => 60_000,
      propose: async () => {},
      signal: view.signal,
    });
  });
  const { status, receipt } = await shop.apply({ plan });
  expect(status).toBe("stale");
  expect(ended(receipt, "stale")).toEqual(["Subscription/tailspin/mail stale/field"]);
  expect(ended(receipt, "done")).toEqual(["Subscription/tailspin/reports"]);
  await demandRest(shop);
});

test("two applies at the same moment: one works, the other says who does", async () => {
  const shop = await shopFor();
  shop.simulate({ latency: 0.1 });
  const both = await Promise.all([shop.apply(), shop.apply({ actor: "wang.fang" })]);
  expect(both.map(({ status }) => status).sort()).toEqual(["applied", "locked"]);
  expect(both.find(({ status }) => status === "locked")?.held?.since).toMatch(/^20\d\d-/);
  await demandRest(shop);
});
