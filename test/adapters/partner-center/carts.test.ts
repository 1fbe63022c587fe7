import { expect, onTestFinished, test } from "vitest";
import type { OrderProposal } from "../../../src/model/plan/order-proposal.ts";
import type { Json, Spec } from "../../../src/model/values/json.ts";
import { context, create, folder } from "../changes.ts";
import { type Answer, type Got, open, type Server, serve } from "./server.ts";

const live = { "Customer/fabrikam": { kind: "Customer", id: "c", key: "fabrikam", spec: {} } };
const office = create(
  "Subscription/fabrikam/office",
  { offer: "E3", quantity: 10, billingCycle: "monthly", friendlyName: "office", status: "active" },
  "Customer/fabrikam",
);
const line = {
  ...{ id: 0, catalogItemId: "E3", quantity: 10, billingCycle: "monthly", currencyCode: "CNY" },
};
const never = new Date(Date.now() + 1e9).toISOString();

function cart(more: Spec = {}): Answer {
  const body = { id: "cart", status: "Active", expirationTimestamp: never, lineItems: [line] };
  return { status: 200, body: { ...body, ...more } };
}

function placed(subscriptionId?: string): Spec {
  const item = { lineItemNumber: 0, offerId: "E3", quantity: 10, friendlyName: "office" };
  const named = subscriptionId === undefined ? item : { ...item, subscriptionId };
  return { id: "o", billingCycle: "monthly", lineItems: [named] };
}

function result(order: Json): Answer {
  return { status: 201, body: { orders: [order], orderErrors: [] } };
}

interface Ordering {
  readonly server: Server;
  readonly proposed: readonly OrderProposal[];
  readonly order: ReturnType<ReturnType<typeof open>["write"]>;
}

/** Orders at a server that answers by `method path`; of a list, one after the other. */
async function ordering(
  script: Readonly<Record<string, Answer | readonly Answer[]>>,
  { earlier, seconds = 0 }: { readonly earlier?: string; readonly seconds?: number } = {},
): Promise<Ordering> {
  const turns = new Map<string, number>();
  const server = await serve(({ method, path }: Got) => {
    const at = `${method} ${path.replace("/v1/customers/c", "")}`;
    const answers = [script[at]].flat() as readonly Answer[];
    const turn = turns.get(at) ?? 0;
    turns.set(at, turn + 1);
    return answers[Math.min(turn, answers.length - 1)] ?? { status: 404, body: { code: 1 } };
  });
  const options = { orders: "cart", provisioningSeconds: seconds, retry: { attempts: 1 } };
  const adapter = open(server.url, folder(), options);
  onTestFinished(async () => {
    await adapter.close();
    await server.close();
  });
  const proposed: OrderProposal[] = [];
  const writing = context("r", {
    live,
    propose: async (one) => void proposed.push(one),
    ...(earlier !== undefined && { proposal: earlier }),
  });
  return { server, proposed, order: adapter.write(office, writing) };
}

function sent({ got }: Server): readonly string[] {
  return got
    .filter(({ path }) => path.startsWith("/v1/customers/c/"))
    .map(({ method, path }) => `${method} ${path.replace("/v1/customers/c/", "")}`);
}

const active = { "GET /subscriptions/s": { status: 200, body: { id: "s", status: "active" } } };

test("an order that does not name its subscription yet is read until it does", async () => {
  const unnamed = { status: 200, body: placed() };
  const named = { status: 200, body: placed("s") };
  const { server, order } = await ordering(
    {
      ...active,
      "POST /carts": cart(),
      "POST /carts/cart/checkout": result(placed()),
      "GET /orders/o": [unnamed, unnamed, named],
    },
    { seconds: 900 },
  );
  expect(await order).toMatchObject({ id: "s", key: "office" });
  expect(sent(server).filter((one) => one === "GET orders/o")).toHaveLength(3);
});

test("an order that never names it is an unknown outcome, and is not sent again", async () => {
  const { server, order } = await ordering({
    "POST /carts": cart(),
    "POST /carts/cart/checkout": result(placed()),
    "GET /orders/o": { status: 200, body: placed() },
  });
  await expect(order).rejects.toMatchObject({
    problem: "unknown-outcome",
    message: expect.stringContaining("as which subscription"),
  });
  expect(sent(server).filter((one) => one.startsWith("POST"))).toEqual([
    "POST carts",
    "POST carts/cart/checkout",
  ]);
});

test("an earlier cart that was ordered is asked for its order, without another proposal", async () => {
  const { server, proposed, order } = await ordering(
    {
      ...active,
      "GET /carts/cart": cart({ status: "Ordered", expirationTimestamp: "2020-01-01T00:00:00Z" }),
      "POST /carts/cart/checkout": result(placed("s")),
    },
    { earlier: "cart" },
  );
  expect(await order).toMatchObject({ id: "s" });
  expect(proposed).toEqual([]);
  expect(sent(server).slice(0, 2)).toEqual(["GET carts/cart", "POST carts/cart/checkout"]);
});

test("an earlier cart that lives is judged again, and checked out", async () => {
  const { server, proposed, order } = await ordering(
    { ...active, "GET /carts/cart": cart(), "POST /carts/cart/checkout": result(placed("s")) },
    { earlier: "cart" },
  );
  expect(await order).toMatchObject({ id: "s" });
  expect(proposed).toEqual([{ id: "cart", currency: "CNY" }]);
  expect(sent(server)).not.toContain("POST carts");
});

test.each<readonly [string, Answer]>([
  ["has expired", cart({ expirationTimestamp: "2020-01-01T00:00:00Z" })],
  ["cannot be read", { status: 404, body: { code: 800008 } }],
])("an earlier cart that %s is neither ordered nor replaced", async (words, answer) => {
  const { server, order } = await ordering({ "GET /carts/cart": answer }, { earlier: "cart" });
  await expect(order).rejects.toMatchObject({
    problem: "unknown-outcome",
    message: expect.stringContaining(words),
  });
  expect(sent(server)).toEqual(["GET carts/cart"]);
});

test.each<readonly [string, Json]>([
  ["2 lines instead of one", [line, line]],
  ["0 lines instead of one", []],
  ["quantity is 11 instead of 10", [{ ...line, quantity: 11 }]],
  ["catalogItemId is e1 instead of e3", [{ ...line, catalogItemId: "E1" }]],
  ["billingCycle is annual instead of monthly", [{ ...line, billingCycle: "annual" }]],
  ["termDuration is p3y instead of p1y", [{ ...line, termDuration: "P3Y" }]],
  [
    "Too many seats (10015)",
    [{ ...line, error: { errorCode: 10015, errorDescription: "Too many seats" } }],
  ],
])("a cart whose line is another one is not ordered: %s", async (words, lineItems) => {
  const { server, proposed, order } = await ordering({ "POST /carts": cart({ lineItems }) });
  await expect(order).rejects.toMatchObject({
    problem: "rejected",
    message: expect.stringContaining(words),
  });
  expect([sent(server), proposed]).toEqual([["POST carts"], []]);
});
