import { expect, onTestFinished, test } from "vitest";
import { type Adapter, AdapterError } from "../../src/model/adapter.ts";
import { LedgerMoved } from "../../src/model/ledger/ledger.ts";
import type { Receipt } from "../../src/model/plan/receipt.ts";
import { apply } from "../../src/operations/apply/apply.ts";
import { settle } from "../../src/operations/settle/settle.ts";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";

async function shopFor(): Promise<ProjectHarness> {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  return shop;
}

/**
 * Applies one change after the other with a backend that answers orders in a way of its own; counts
 * the orders that reach it.
 */
async function applyWith(
  shop: ProjectHarness,
  order: (nth: number, real: () => ReturnType<Adapter["write"]>) => ReturnType<Adapter["write"]>,
) {
  let orders = 0;
  const application = await shop.at(async ({ project, view, writers }) => {
    const write: Adapter["write"] = (change, context) => {
      const real = () => writers.adapter.write(change, context);
      if (change.kind !== "Subscription" || change.action !== "create") return real();
      orders += 1;
      return order(orders, real);
    };
    const adapter = { ...writers.adapter, write };
    const options = {
      actor: "li.wei",
      allow: ["irreversible"],
      interactive: false,
      confirm: async () => true,
      parallelism: 1,
    };
    return apply(project, { ...view, reader: adapter }, { ...writers, adapter }, options);
  });
  return { orders, ends: orderEnds(application.receipt), application };
}

function orderEnds(receipt: Receipt | undefined): readonly string[] {
  const ends = (receipt?.results ?? []).filter(({ change }) => change.startsWith("Subscription/"));
  return [...new Set(ends.map(({ status, code = "" }) => `${status} ${code}`.trim()))].sort();
}

const bare = () => new AdapterError("unknown-outcome", "a bare 429", { unproven: true });

test("after a purchase was answered by what may not be the service, the run sends no further one", async () => {
  const shop = await shopFor();
  const { orders, ends } = await applyWith(shop, async () => Promise.reject(bare()));
  expect(orders).toBe(1);
  expect(ends).toEqual([
    "skipped skipped/requires",
    "skipped skipped/unproven",
    "unknown backend/unknown-outcome",
  ]);
});

test("one that is answered as documented, be it by a refusal, lets the others go on", async () => {
  const shop = await shopFor();
  let sent = 0;
  const refused = new AdapterError("rejected", "offer not sold here");
  // The first is answered by something else while the second is on its way, which the service
  // refuses.
  let first: (error: AdapterError) => void = () => {};
  const application = await shop.at(async ({ project: own, view, writers }) => {
    const write: Adapter["write"] = (change, context) => {
      if (change.kind !== "Subscription" || change.action !== "create")
        return writers.adapter.write(change, context);
      sent += 1;
      if (sent === 1)
        return new Promise((_, reject) => {
          first = reject;
        });
      if (sent === 2) {
        first(bare());
        return new Promise((_, reject) => setImmediate(() => reject(refused)));
      }
      return writers.adapter.write(change, context);
    };
    const adapter = { ...writers.adapter, write };
    const options = {
      actor: "li.wei",
      allow: ["irreversible"],
      interactive: false,
      confirm: async () => true,
      parallelism: 2,
    };
    return apply(own, { ...view, reader: adapter }, { ...writers, adapter }, options);
  });
  const ends = orderEnds(application.receipt);
  expect(ends).toContain("failed backend/rejected");
  expect(ends).toContain("done");
});

test.each<readonly [string, AdapterError, string]>([
  [
    "never left",
    new AdapterError("unavailable", "no connection", { unsent: true }),
    "failed backend/unavailable",
  ],
  ["failed somewhere", new AdapterError("unavailable", "it failed"), "unknown backend/unavailable"],
  [
    "was not answered",
    new AdapterError("unknown-outcome", "no reply"),
    "unknown backend/unknown-outcome",
  ],
])("a purchase that %s", async (_, error, end) => {
  const shop = await shopFor();
  const { ends, orders } = await applyWith(shop, async (nth, real) =>
    nth === 1 ? Promise.reject(error) : real(),
  );
  expect(orders).toBeGreaterThan(1);
  expect(ends).toContain(end);
  const open = end.startsWith("unknown");
  const again = await shop.apply();
  expect(again.status).toBe(open ? "unsettled" : "applied");
  const left = (await shop.plan()).problems.filter(({ code }) => code === "ledger/unsettled");
  expect(left).toHaveLength(open ? 1 : 0);
  if (!open) return;
  const [change = ""] = await shop.at(async ({ view }) =>
    Object.values((await view.state()).open).map((one) => one.change),
  );
  const said = await shop.at(({ project, view, writers }) =>
    settle(project, view, writers, { change, didNotHappen: true, actor: "li.wei" }),
  );
  expect(said).toEqual([]);
  expect((await shop.apply()).status).toBe("applied");
  expect((await shop.plan()).changes).toEqual([]);
});

test("what may not be sent any more is not sent, and the run ends there", async () => {
  const shop = await shopFor();
  let sent = 0;
  const lost = shop.at(async ({ project, view, writers }) => {
    const write: Adapter["write"] = async (change, context) => {
      await context.permit();
      sent += 1;
      return writers.adapter.write(change, context);
    };
    const lease: typeof writers.lease = async (waiting) => {
      const taken = await writers.lease(waiting);
      if ("heldBy" in taken) return taken;
      return {
        ...taken,
        confirm: async () => {
          throw new LedgerMoved("somebody else has it");
        },
      };
    };
    const adapter = { ...writers.adapter, write };
    const options = {
      actor: "li.wei",
      allow: ["irreversible"],
      interactive: false,
      confirm: async () => true,
    };
    return apply(project, view, { ...writers, adapter, lease }, options);
  });
  await expect(lost).rejects.toBeInstanceOf(LedgerMoved);
  expect(sent).toBe(0);
});
