import { expect, onTestFinished, test } from "vitest";
import type { Json } from "../../../src/model/values/json.ts";
import { context, folder, offers, update } from "../changes.ts";
import { open, serve } from "./server.ts";

const path = "/v1/preferences/catalog/offers";

/** What is wanted, written to a service that shows these lists, one after the other. */
async function written(...shown: readonly Json[]) {
  const lists = [...shown];
  const server = await serve(({ method, path: asked }) =>
    asked === path
      ? { status: 200, body: method === "GET" ? (lists.shift() ?? []) : [] }
      : { status: 200, body: { id: "t1", items: [] } },
  );
  const adapter = open(server.url, folder(), { featuredOffers: true });
  onTestFinished(async () => {
    await adapter.close();
    await server.close();
  });
  const kind = "CatalogCustomization";
  const old = { kind, id: "t1", key: kind, spec: { featuredOffers: [] } };
  const change = update(kind, old, { "/featuredOffers": [offers.e3] });
  const work = adapter.write(change, context("r1"));
  const outcome = await work.catch((error: unknown) => error);
  const sent = server.got.filter((one) => one.path === path);
  return { outcome, sent: sent.map(({ method }) => method) };
}

test("featured offers are read, written and read back", async () => {
  const { outcome, sent } = await written([], [offers.e3.toLowerCase()]);
  expect(outcome).toMatchObject({ spec: { featuredOffers: [offers.e3.toLowerCase()] } });
  expect(sent).toEqual(["GET", "PUT", "GET"]);
});

test("a list that the service accepts and does not keep is an unknown outcome", async () => {
  const { outcome } = await written([], [offers.business]);
  expect(outcome).toMatchObject({
    problem: "unknown-outcome",
    message: "The service accepted the featured offers, but still shows others.",
  });
});

test("a list of anything but ids is refused before anything is written", async () => {
  const { outcome, sent } = await written([{ id: offers.e3 }]);
  expect(outcome).toMatchObject({
    problem: "rejected",
    message: "The service's featured offers are not a list of ids.",
  });
  expect(sent).toEqual(["GET"]);
});
