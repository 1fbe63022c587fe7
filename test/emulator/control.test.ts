import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/emulator.ts";
import { type Client, client } from "./client.ts";
import { exampleAccount, ids } from "./example-account.ts";

const fabrikam = `/v1/customers/${ids.fabrikam}`;
let emulator: Emulator;
let ask: Client;

beforeAll(async () => {
  emulator = await startEmulator({ quirks: "none" });
  emulator.control.restore(await exampleAccount());
  ask = await client(emulator, "app");
});

afterAll(() => emulator.close());

describe("the control door", () => {
  test("shows that no list lags unless that is asked", async () => {
    const usual = await startEmulator();
    expect(usual.control.quirks().lag).toEqual({
      orders: 0,
      subscriptions: 0,
      customers: 0,
      users: 0,
    });
    await usual.close();
  });

  test("moves the clock, by seconds or a duration", async () => {
    const before = Date.parse((await ask("GET", "/_emulator/clock")).body.now);
    await ask("POST", "/_emulator/clock", { body: { advance: 60 } });
    const { body } = await ask("POST", "/_emulator/clock", { body: { advance: "PT1M30S" } });
    expect(Math.round((Date.parse(body.now) - before) / 1000)).toBe(150);
    expect(await ask("POST", "/_emulator/clock", { body: { advance: "soon" } })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("P61D") },
    });
  });

  test("takes faults, shows how often they happened, and forgets them", async () => {
    await ask("POST", "/_emulator/faults", {
      body: [{ kind: "status", status: 500, path: "/v1/customers" }],
    });
    const refused = await ask("POST", "/_emulator/faults", {
      body: [{ kind: "reset" }, { kind: "reset", path: "(" }],
    });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      400,
      expect.stringContaining("path is a regular expression"),
    ]);
    expect((await ask("GET", fabrikam)).status).toBe(500);
    expect((await ask("GET", "/_emulator/faults")).body).toEqual([
      { kind: "status", status: 500, path: "/v1/customers", matched: 1, happened: 1 },
    ]);
    expect((await ask("DELETE", "/_emulator/faults")).status).toBe(204);
    expect((await ask("GET", "/_emulator/faults")).body).toEqual([]);
    expect((await ask("POST", "/_emulator/faults", { body: { kind: "explode" } })).status).toBe(
      400,
    );
  });

  test("shows the requests and their numbers, without its own", async () => {
    await ask("DELETE", "/_emulator/requests");
    await ask("GET", fabrikam, { headers: { "MS-CorrelationId": "c" } });
    await ask("HEAD", "/v1/domains/a.partner.onmschina.cn");
    await ask("GET", "/v1/nowhere");
    const { body } = await ask("GET", "/_emulator/requests");
    expect(body).toMatchObject({
      total: 3,
      byMethod: { GET: 2, HEAD: 1 },
      byRoute: { "GET /v1/customers/*": 1, "HEAD /v1/domains/*": 1, "GET /v1/nowhere": 1 },
    });
    expect(body.requests).toMatchObject([
      { method: "GET", url: fabrikam, correlationId: "c", status: 200, principal: "app" },
      { status: 404 },
      { status: 404 },
    ]);
  });

  test("sets quirks, and knows which there are", async () => {
    expect(
      (await ask("PATCH", "/_emulator/quirks", { body: { lag: { orders: 5 } } })).body.lag,
    ).toEqual({
      orders: 5,
      subscriptions: 0,
      customers: 0,
      users: 0,
    });
    expect(await ask("PATCH", "/_emulator/quirks", { body: { gravity: true } })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("gravity") },
    });
  });

  test("dumps the account, changes a record behind the rules' back, and restores it", async () => {
    const { body: dump } = await ask("GET", "/_emulator/account");
    const record = `/_emulator/account/customers/${ids.fabrikam}`;
    await ask("PATCH", record, {
      body: { allowDelegatedAccess: false, subscriptions: { [ids.e3]: { assigned: 9 } } },
    });
    expect((await ask("GET", fabrikam)).body.allowDelegatedAccess).toBe(false);
    expect(
      (await ask("PATCH", `${fabrikam}/subscriptions/${ids.e3}`, { body: { quantity: 8 } })).body
        .code,
    ).toBe(800090);
    expect((await ask("PUT", "/_emulator/account", { body: dump })).status).toBe(204);
    expect((await ask("GET", fabrikam)).body.allowDelegatedAccess).toBe(true);
    expect((await ask("PATCH", "/_emulator/account/planets/x", { body: {} })).status).toBe(404);
  });

  test("says what is wrong with a body that is no JSON, in each service's words", async () => {
    const post = (path: string) =>
      fetch(`${emulator.url}${path}`, {
        method: "POST",
        body: "{",
        headers: { "content-type": "application/json" },
      }).then(async (reply) => [reply.status, await reply.text()]);
    expect(await post("/_emulator/clock")).toEqual([400, '{"error":"the body is not JSON"}']);
  });
});
