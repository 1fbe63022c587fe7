import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isNewCommerce } from "../../../src/kinds/subscription/new-commerce.ts";
import { subscription } from "../../../src/kinds/subscription.ts";
import type { Json } from "../../../src/model/values/json.ts";
import type { Observed } from "../../../src/model/observed.ts";
import { context, folder, remove, update } from "../changes.ts";
import { open, serve } from "./server.ts";

/** The body of a documented answer. */
function documented(name: string): Json {
  return JSON.parse(
    readFileSync(
      join(import.meta.dirname, `examples/subscriptions.nce.${name}.response.json`),
      "utf8",
    ),
  ).body;
}

async function account() {
  const server = await serve(({ path }) => ({
    status: 200,
    body: documented(/subscriptions$/.test(path) ? "list" : "get"),
  }));
  const adapter = open(server.url, folder(), { retry: { attempts: 1 } });
  onTestFinished(async () => {
    await adapter.close();
    await server.close();
  });
  return { adapter, server };
}

test("subscriptions of new commerce are read, each by its product and SKU, in the words of the manifest", async () => {
  const { adapter } = await account();
  const found: Observed[] = [];
  for await (const one of adapter.read(
    { kind: "Subscription", parentId: "c" },
    new AbortController().signal,
  ))
    found.push(one);
  expect(found.length).toBeGreaterThan(3);
  for (const { spec } of found) {
    const normal = subscription.normalize(spec);
    expect(isNewCommerce(normal.offer)).toBe(true);
    expect(normal.offer).toMatch(/^[A-Z0-9]{12}:[A-Z0-9]{4}$/);
    expect([undefined, "monthly", "annual", "none"]).toContain(spec.billingCycle);
    expect(subscription.unchangeable?.(normal)).toBe(true);
  }
});

test("none of them is changed", async () => {
  const { adapter, server } = await account();
  const id = "f23b5c66-3cca-5726-bb1b-300fec6b99ad";
  const spec = {
    customer: "c",
    offer: "SAMPLE0000B3:0001",
    quantity: 20,
    friendlyName: "tailspin-e3",
    status: "active",
  };
  const current: Observed = { kind: "Subscription", id, key: "tailspin-e3", spec, parentId: "c" };
  for (const change of [
    update("Subscription/tailspin/e3", current, { "/quantity": 21 }),
    remove("Subscription/tailspin/e3", current),
  ])
    await expect(adapter.write(change, context("r", { current }))).rejects.toMatchObject({
      problem: "rejected",
      message: expect.stringContaining("new commerce"),
    });
  expect(server.got.filter(({ method }) => method !== "GET")).toEqual([]);
});

test.each([
  ["CFQ7TTC0LH18:0001:CFQ7TTC0K971", true],
  ["cfq7ttc0lh18:000f", true],
  ["5FA4F213-638C-5693-ADE5-924129D90D90", false],
  ["MS-AZR-0145P", false],
  [undefined, false],
])("%s is an offer of new commerce: %s", (id, expected) =>
  expect(isNewCommerce(id)).toBe(expected),
);
