import { expect, onTestFinished, test } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { InjectedFault } from "../../src/emulator/emulator.ts";
import type { QuirkSettings } from "../../src/emulator/quirks.ts";
import { type ApplyResult, apply } from "../../src/operations/apply/apply.ts";
import { settleByReading } from "../../src/operations/settle/settle-by-reading.ts";
import { recordsOf } from "../faults/records.ts";
import { setUpEmulatedProject, setUpEmulator } from "../faults/emulated-project.ts";
import type { ProjectHarness } from "./project-harness.ts";

const office = "Subscription/fabrikam/office";
const visio = "Subscription/fabrikam/visio";

interface Shop {
  readonly emulator: Emulator;
  readonly shop: ProjectHarness;
  /** Applies what these addresses declare, and their customer. */
  apply(...only: readonly string[]): Promise<ApplyResult>;
}

/** The example on the emulator, whose subscriptions are ordered by carts. */
async function carts(quirks: QuirkSettings["carts"] = {}, settings = ""): Promise<Shop> {
  const emulator = await setUpEmulator();
  emulator.control.setQuirks({ carts: quirks, lag: { subscriptions: 0, users: 0 } });
  const shop = await setUpEmulatedProject(emulator, { lag: 0, orders: "cart" });
  if (settings !== "") shop.edit("partnerctl.yaml", ["\nledger:", `\n${settings}\nledger:`]);
  onTestFinished(async () => {
    shop.end();
    await emulator.close();
  });
  const applied = (only: readonly string[]) =>
    shop.at(({ project, view, writers }) =>
      apply(project, view, writers, {
        ...{
          actor: "li.wei",
          allow: ["irreversible", "price-unknown"],
          reason: "a test",
          interactive: false,
          only,
        },
        confirm: async () => true,
      }),
    );
  return { emulator, shop, apply: (...only) => applied(only) };
}

const day = 86_400_000;

/** How an order ended. */
function ending({ receipt }: ApplyResult, address: string): string {
  const found = receipt?.results.find((one) => one.address === address);
  return [found?.status, found?.code].filter(Boolean).join(" ");
}

function sent({ control }: Emulator, end: string): number {
  return control.requests().filter(({ method, url }) => method === "POST" && url.endsWith(end))
    .length;
}

function bought({ control }: Emulator): number {
  return Object.values(recordsOf(control.dump()).customers).flatMap((one) =>
    Object.keys(one.subscriptions),
  ).length;
}

/** No checkout is answered as it should be, with or without its effect. */
const failing = (effect: boolean): InjectedFault => ({
  ...{ kind: "status", status: 503, effect, method: "POST", path: "/checkout$" },
  times: 1000,
});

test("a cart is in the ledger before it is checked out, an add-on's too", async () => {
  const { emulator, shop, apply } = await carts();
  const applied = await apply("Subscription/fabrikam/conferencing");
  expect(ending(applied, office)).toBe("done");
  expect(ending(applied, "Subscription/fabrikam/conferencing")).toBe("done");
  expect([sent(emulator, "/carts"), sent(emulator, "/checkout")]).toEqual([2, 2]);
  expect([sent(emulator, "/orders"), bought(emulator)]).toEqual([0, 2]);
  const entries = (await shop.entries()).filter(
    (one) => "address" in one && one.address === office,
  );
  expect(entries.map(({ type }) => type)).toEqual(["intent", "proposed", "outcome"]);
  expect(entries[0]).toMatchObject({ proposes: true });
  const { notes } = applied.receipt ?? {};
  expect(notes?.map(({ code }) => code)).toEqual(["price/not-quoted", "price/not-quoted"]);
  expect(applied.receipt?.spent.writes).toBe(applied.plan?.forecast.writes);
  expect((await apply("Subscription/fabrikam/conferencing")).status).toBe("nothing");
});

test.each<readonly [string, QuirkSettings["carts"], string, string]>([
  ["a higher price", { unitPrice: 166.01 }, "", "stale stale/price"],
  ["another currency", { unitPrice: 1, currency: "USD" }, "", "stale stale/price"],
  ["another currency without a price", { currency: "USD" }, "", "stale stale/price"],
  ["no price, where one is required", {}, "orders: { quote: required }", "failed price/not-quoted"],
  ["an error of its line", { lineError: 10015 }, "", "failed backend/rejected"],
])("with %s nothing is bought", async (_, quirks, settings, expected) => {
  const { emulator, apply } = await carts(quirks, settings);
  expect(ending(await apply(office), office)).toBe(expected);
  expect([sent(emulator, "/carts"), sent(emulator, "/checkout")]).toEqual([1, 0]);
  // The refusal is definitive: a later try is another one, with a cart of its own.
  emulator.control.setQuirks({ carts: { unitPrice: 1, currency: "CNY", lineError: 0 } });
  const again = await apply(office);
  expect([ending(again, office), again.receipt?.notes]).toEqual(["done", undefined]);
  expect([sent(emulator, "/carts"), bought(emulator)]).toEqual([2, 1]);
});

test("the prices of the list in force are compared: a dearer list stops the order from its day on", async () => {
  const { emulator, apply } = await carts({ priced: true });
  const { account, ...rest } = emulator.control.dump();
  const from = new Date(emulator.control.now().getTime() + 2 * day).toISOString().slice(0, 10);
  const e3 = "5FA4F213-638C-5693-ADE5-924129D90D90";
  const dearer = { effective: from, prices: { [e3]: { perMonth: 15_001, perYear: 174_600 } } };
  emulator.control.restore({ ...rest, account: { ...account, prices: { dearer } } });
  emulator.control.advance((3 * day) / 1000);
  expect(ending(await apply(office), office)).toBe("stale stale/price");
  const now = emulator.control.dump();
  emulator.control.restore({ ...now, account: { ...now.account, prices: {} } });
  const applied = await apply(office);
  expect([ending(applied, office), applied.receipt?.notes]).toEqual(["done", undefined]);
});

test("a price whose unit is not known for the billing cycle is not compared", async () => {
  const { apply } = await carts({ unitPrice: 1_000_000 });
  const applied = await apply(visio);
  expect(ending(applied, visio)).toBe("done");
  expect(applied.receipt?.notes?.map(({ code }) => code)).toEqual(["price/not-quoted"]);
});

test("an order group that fails at the checkout is refused, and a cart that is processed is waited for", async () => {
  const { emulator, apply } = await carts({ failing: 1 });
  const refused = await apply(office);
  expect(ending(refused, office)).toBe("failed backend/rejected");
  const result = refused.receipt?.results.find(({ address }) => address === office);
  expect(result?.because).toMatch(/800069/);
  emulator.control.setQuirks({ carts: { failing: 0, processing: 0.2 } });
  expect(ending(await apply(office), office)).toBe("done");
  expect([bought(emulator), sent(emulator, "/carts")]).toEqual([1, 2]);
});

test("a checkout without effect is sent again by a later plan, with the same cart", async () => {
  const { emulator, shop, apply } = await carts();
  emulator.control.addFault(failing(false));
  const first = await apply(office);
  expect(ending(first, office)).toBe("failed settled/did-not-happen");
  emulator.control.clearFaults();
  expect(ending(await apply(office), office)).toBe("done");
  expect([sent(emulator, "/carts"), bought(emulator)]).toEqual([1, 1]);
  const intents = (await shop.entries()).filter(
    (one) => one.type === "intent" && one.address === office,
  );
  expect(new Set(intents.map((one) => "requestId" in one && one.requestId)).size).toBe(1);
  expect(intents.at(-1)).toMatchObject({ proposal: expect.any(String) });
});

test("while a cart may still be ordered, another address is not ordered in its place", async () => {
  const { emulator, shop, apply } = await carts();
  emulator.control.addFault(failing(false));
  expect(ending(await apply(office), office)).toBe("failed settled/did-not-happen");
  emulator.control.clearFaults();
  const file = "manifests/customers/fabrikam.yaml";
  shop.edit(file, ["name: office\n", "name: bureau\n"], ["addOnOf: office", "addOnOf: bureau"]);
  const renamed = await apply("Subscription/fabrikam/bureau");
  expect(ending(renamed, "Subscription/fabrikam/bureau")).toBe("skipped skipped/unsettled");
  expect([sent(emulator, "/carts"), bought(emulator)]).toEqual([1, 0]);
});

test("a checkout whose every reply is lost is found by its cart and the list", async () => {
  const { emulator, apply } = await carts();
  emulator.control.addFault(failing(true));
  expect(ending(await apply(office), office)).toBe("done");
  expect([sent(emulator, "/carts"), bought(emulator)]).toEqual([1, 1]);
});

test("a cart that says it was submitted already is looked after", async () => {
  const { emulator, apply } = await carts({ once: true });
  emulator.control.addFault({ kind: "lost", method: "POST", path: "/checkout$", nth: 1 });
  expect(ending(await apply(office), office)).toBe("done");
  expect(bought(emulator)).toBe(1);
});

test("an expired cart stays open, and is listed until somebody says", async () => {
  const { emulator, shop, apply } = await carts();
  emulator.control.addFault(failing(false));
  await apply(office);
  emulator.control.clearFaults();
  emulator.control.advance(8 * 24 * 60 * 60);
  const late = await apply(office);
  expect(ending(late, office)).toBe("unknown backend/unknown-outcome");
  expect(sent(emulator, "/carts")).toBe(1);
  const told = await shop.at(({ project, view, writers }) =>
    settleByReading(project, view, writers),
  );
  expect(told.map(({ code, address }) => [code, address])).toEqual([["ledger/open", office]]);
  expect(bought(emulator)).toBe(0);
});

test("an intent without a cart was never ordered: a later plan may order something else", async () => {
  const { emulator, shop, apply } = await carts();
  emulator.control.addFault({ kind: "lost", method: "POST", path: "/carts$", times: 1000 });
  expect(ending(await apply(office), office)).toBe("failed backend/unavailable");
  emulator.control.clearFaults();
  shop.edit("manifests/customers/fabrikam.yaml", ["quantity: 120", "quantity: 121"]);
  expect(ending(await apply(office), office)).toBe("done");
  expect(bought(emulator)).toBe(1);
});

test("an order that is not provisioned in time is done, and the receipt says so", async () => {
  const { emulator, shop, apply } = await carts({ unitPrice: 1 });
  emulator.control.setQuirks({ provisioning: 1800 });
  shop.edit("partnerctl.yaml", ["orders: cart", "orders: cart\n        provisioningSeconds: 0"]);
  const { receipt } = await apply(office);
  expect(receipt?.notes?.map(({ code }) => code)).toEqual(["order/not-provisioned"]);
  expect(bought(emulator)).toBe(1);
});

/** Only an application signs in. */
const asApplication = [
  ["          refreshToken: ${PARTNER_CENTER_REFRESH_TOKEN}\n", ""],
  ["capabilities: {", "capabilities: { PartnerProfile: false,"],
] as const;

test.each([
  ["is provisioned while it is waited for", 900, undefined],
  ["is not provisioned in time", 0, ["order/not-provisioned"]],
])(
  "with an application's token the subscription is looked at: it %s",
  async (_, seconds, notes) => {
    const { emulator, shop, apply } = await carts({ unitPrice: 1 });
    emulator.control.setQuirks({ provisioning: 1800 });
    shop.edit("partnerctl.yaml", ...asApplication, [
      "orders: cart",
      `orders: cart\n        provisioningSeconds: ${seconds}`,
    ]);
    const looks = () =>
      emulator.control
        .requests()
        .filter(({ method, url }) => method === "GET" && /\/subscriptions\/[^/?]+$/.test(url));
    const applied = apply(office);
    await expect.poll(() => looks().length, { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
    if (seconds > 0) emulator.control.advance(1800);
    const result = await applied;
    expect([ending(result, office), result.receipt?.notes?.map(({ code }) => code)]).toEqual([
      "done",
      notes,
    ]);
    expect(emulator.control.requests().some(({ principal }) => principal === "user")).toBe(false);
  },
);

test("a price is not compared where the plan knows none", async () => {
  const { shop, apply } = await carts({ unitPrice: 1 });
  shop.edit("prices/2026-11.csv", [
    "5FA4F213-638C-5693-ADE5-924129D90D90",
    "8C68C348-8CDD-5DFB-B2EF-000000000000",
  ]);
  const { receipt } = await apply(office);
  expect(receipt?.notes?.map(({ code }) => code)).toEqual(["price/not-compared"]);
});
