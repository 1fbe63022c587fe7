import { beforeEach, describe, expect, test } from "vitest";
import { type Emulator, type InjectedFault, startEmulator } from "../../src/emulator/emulator.ts";
import { type Client, client, type Reply } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";

const fabrikam = `/v1/customers/${ids.fabrikam}`;
const e3 = `${fabrikam}/subscriptions/${ids.e3}`;
const order = {
  lineItems: [{ lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 3 }],
};

const fresh = freshEmulator();
let emulator: Emulator;
let app: Client;

beforeEach(async () => {
  emulator = fresh();
  app = await client(emulator, "app");
});

type Outcome = "no answer" | { readonly status: number; readonly body?: unknown };

const table: readonly (readonly [string, InjectedFault, Outcome, placed: boolean])[] = [
  ["the connection is reset before", { kind: "reset" }, "no answer", false],
  ["the reply is lost", { kind: "lost" }, "no answer", true],
  ["nothing is answered", { kind: "timeout" }, "no answer", false],
  ["nothing is answered, but it happened", { kind: "timeout", effect: true }, "no answer", true],
  ["503 before", { kind: "status" }, { status: 503 }, false],
  ["500 after", { kind: "status", status: 500, effect: true }, { status: 500 }, true],
  [
    "502 with a code",
    { kind: "status", status: 502, code: 1 },
    { status: 502, body: { code: 1 } },
    false,
  ],
  [
    "429 has a body of its own",
    { kind: "status", status: 429, retryAfter: "1.5" },
    { status: 429, body: { statusCode: 429 } },
    false,
  ],
  ["the token has expired", { kind: "expired-token" }, { status: 401, body: { code: 400 } }, false],
  ["the body is no JSON", { kind: "malformed" }, { status: 201 }, true],
  ["the body is cut short", { kind: "cut" }, "no answer", true],
  [
    "the body is slow",
    { kind: "slow", seconds: 0.2 },
    { status: 201, body: { lineItems: [{}] } },
    true,
  ],
];

describe("a fault", () => {
  test.each(table)("%s", async (_, fault, outcome, placed) => {
    emulator.control.addFault({ ...fault, method: "POST", path: "/orders$" });
    const reply = await attempt(
      app("POST", `${fabrikam}/orders`, { body: order, signal: AbortSignal.timeout(800) }),
    );
    if (outcome === "no answer") expect(reply).toBe(outcome);
    else expect(reply).toMatchObject(outcome);
    if (fault.kind === "malformed") expect(reply).toMatchObject({ body: undefined });
    const { body } = await app("GET", `${fabrikam}/orders`);
    expect(body.totalCount).toBe(placed ? 2 : 1);
    expect(
      emulator.control
        .requests()
        .find(({ method, url }) => method === "POST" && url.endsWith("/orders")),
    ).toMatchObject({
      fault: fault.kind,
    });
  });

  test("happens to the nth request, so many times", async () => {
    emulator.control.addFault({ kind: "status", path: "/subscriptions/", nth: 2, times: 2 });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await app("GET", e3)).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(emulator.control.faults()).toMatchObject([{ matched: 4, happened: 2 }]);
  });

  test("changes an etag just before", async () => {
    const { body } = await app("GET", e3);
    emulator.control.addFault({ kind: "etag", method: "PATCH" });
    expect(await app("PATCH", e3, { body: { ...body, quantity: 12 } })).toMatchObject({
      status: 400,
      body: { code: 2055 },
    });
    const again = await app("GET", e3);
    expect(again.body.attributes.etag).not.toBe(body.attributes.etag);
    expect((await app("PATCH", e3, { body: { ...again.body, quantity: 12 } })).status).toBe(200);
  });

  test.each([
    "/v1/profiles/billing",
    "/v1/profiles/organization",
    `${fabrikam}/profiles/billing`,
    `${fabrikam}/orders/${ids.order}`,
  ])("changes the etag of %s", async (path) => {
    const user = await client(emulator, "user");
    const { body } = await user("GET", path);
    emulator.control.addFault({ kind: "etag", path });
    expect(await user(path.includes("orders") ? "PATCH" : "PUT", path, { body })).toMatchObject({
      status: 400,
      body: { code: 2055 },
    });
  });

  test("places an order each time it is sent, whatever its request id", async () => {
    const headers = { "MS-RequestId": "11111111-2222-4333-8444-555555555555" };
    const sent = [
      await app("POST", `${fabrikam}/orders`, { body: order, headers }),
      await app("POST", `${fabrikam}/orders`, { body: order, headers }),
    ];
    expect(sent.map(({ status }) => status)).toEqual([201, 201]);
    expect(sent[0]?.body.id).not.toBe(sent[1]?.body.id);
  });

  test("makes a list lag", async () => {
    expect((await app("POST", `${fabrikam}/orders`, { body: order })).status).toBe(201);
    emulator.control.addFault({ kind: "lag", path: "/subscriptions$", seconds: 60 });
    const counts = [
      (await app("GET", `${fabrikam}/subscriptions`)).body.totalCount,
      (await app("GET", `${fabrikam}/subscriptions`)).body.totalCount,
    ];
    expect(counts).toEqual([2, 3]);
  });

  test("comes by chance, the same for the same seed", async () => {
    const draw = async (seed: string): Promise<readonly number[]> => {
      const one = await startEmulator({
        quirks: "none",
        seed,
        faults: [{ kind: "status", path: "^/v1/", probability: 0.5 }],
      });
      const ask = await client(one, "app");
      const statuses = [];
      for (let index = 0; index < 12; index += 1)
        statuses.push((await ask("GET", "/v1/offercategories?country=CN")).status);
      await one.close();
      return statuses;
    };
    const first = await draw("a");
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await draw("a")).toEqual(first);
  });

  test("that holds an order refuses the next for that customer until it ends", async () => {
    emulator.control.addFault({ kind: "timeout", effect: true, method: "POST", path: "/orders$" });
    const held = attempt(
      app("POST", `${fabrikam}/orders`, { body: order, signal: AbortSignal.timeout(600) }),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await app("POST", `${fabrikam}/orders`, { body: order })).toMatchObject({
      status: 409,
      body: { code: 800060 },
    });
    await held;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await app("POST", `${fabrikam}/orders`, { body: order })).status).toBe(201);
  });
});

describe("a quirk", () => {
  test("throttles the tenant, with seconds to wait, and lets it in after them", async () => {
    emulator.control.setQuirks({ throttle: { perMinute: 3 } });
    const replies: Reply[] = [];
    for (let index = 0; index < 4; index += 1) replies.push(await app("GET", e3));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const wait = Number(replies[3]?.headers.get("retry-after"));
    expect(replies[3]?.body).toEqual({
      statusCode: 429,
      message: `Rate limit is exceeded. Try again in ${wait} seconds.`,
    });
    emulator.control.advance(wait);
    expect((await app("GET", e3)).status).toBe(200);
  });

  test("shows itself in bytes, links and letters", async () => {
    emulator.control.setQuirks({ bom: true, links: true, casing: true });
    const replies: Reply[] = [];
    for (let index = 0; index < 6; index += 1) replies.push(await app("GET", e3));
    const raw = await fetch(`${emulator.url}/v1/offercategories?country=CN`, {
      headers: { authorization: "none" },
    });
    expect([...new Uint8Array(await raw.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new Set(replies.map(({ body }) => body.links.offer.uri.startsWith("/v1/")))).toEqual(
      new Set([true, false]),
    );
    expect(new Set(replies.map(({ body }) => body.id))).toEqual(
      new Set([ids.e3, ids.e3.toLowerCase()]),
    );
    expect(JSON.stringify(replies.map(({ body }) => body))).not.toContain("null");
  });
});

async function attempt(reply: Promise<Reply>): Promise<Reply | "no answer"> {
  try {
    return await reply;
  } catch {
    return "no answer";
  }
}
