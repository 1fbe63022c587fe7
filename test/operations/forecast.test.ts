import { afterEach, beforeEach, expect, test } from "vitest";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";

let shop: ProjectHarness;

beforeEach(async () => {
  shop = await setUpProject();
});

afterEach(() => shop.end());

async function spent() {
  const { forecast } = await shop.plan();
  const { receipt } = await shop.apply();
  expect(receipt?.results.filter(({ status }) => status !== "done")).toEqual([]);
  expect(receipt?.spent).toEqual(forecast);
  return forecast;
}

test("what a plan forecasts is what its apply spends", async () => {
  // Three singletons and users that are there, one list of users and one of customers; what lives
  // in new customers is not looked for.
  expect(await spent()).toEqual({ reads: 5, writes: 17 });
  shop.edit("manifests/customers/northwind.yaml", [
    "offer: business-premium",
    "offer: enterprise-e3",
  ]);
  shop.edit(
    "manifests/customers/tailspin.yaml",
    ["quantity: 60", "quantity: 70"],
    ["name: archive", "name: archive\n  previously: [archive-of-mail]"],
  );
  shop.edit("manifests/customers/fabrikam.yaml", [
    "name: visio\n",
    "name: visio\nstate: absent\nreason: nobody draws\n",
  ]);
  shop.edit(
    "manifests/users.yaml",
    ["    agent: sales", "    agent: admin"],
    ["name: zhao-lei", "name: zhao-lei\nstate: absent\nreason: has left"],
  );
  await spent();
});

test("an order for a customer that is there reads its list once, whatever else is ordered", async () => {
  await shop.apply();
  const order = (name: string, offer: string, more = "") =>
    `---\napiVersion: partnercenter/v1\nkind: Subscription\nmetadata:\n  name: ${name}\nspec:\n  customer: northwind\n  offer: ${offer}\n  quantity: 3\n${more}`;
  shop.edit("manifests/customers/northwind.yaml", [
    "  quantity: 40\n  billingCycle: monthly\n",
    `  quantity: 40\n  billingCycle: monthly\n${order("visio", "visio-plan-2")}${order("reports", "power-bi-pro")}`,
  ]);
  expect(await spent()).toEqual({ reads: 1, writes: 2 });
  shop.edit("manifests/customers/tailspin.yaml", [
    "  quantity: 60\n  billingCycle: annual\n",
    "  quantity: 61\n  billingCycle: annual\n",
  ]);
  expect(await spent()).toEqual({ reads: 1, writes: 1 });
});
