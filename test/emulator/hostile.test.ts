import { beforeEach, expect, test } from "vitest";
import { tenant, type Emulator } from "../../src/emulator/emulator.ts";
import { graph, partnerCenter } from "../../src/emulator/http/routes.ts";
import type { Route } from "../../src/emulator/http/pipeline/route.ts";
import { type Client, client } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";
import { hostileBody, hostileQuery, hostileSegment, type Draw, drawing } from "./hostile.ts";

const fresh = freshEmulator();
const seed = Number(process.env.SEED ?? 20_261_130);
const rounds = Number(process.env.HOSTILE ?? 2);
let emulator: Emulator;

beforeEach(() => {
  emulator = fresh();
  emulator.control.setQuirks({ beyond21Vianet: true, casing: true, links: true });
});

const segments: Readonly<Record<string, readonly string[]>> = {
  customer: [ids.fabrikam, ids.tailspin],
  subscription: [ids.e3, ids.trial],
  order: [ids.order],
  cart: [ids.cart],
  user: [ids.chen],
  id: [ids.adminAgents, ids.billing],
  offer: ["5FA4F213-638C-5693-ADE5-924129D90D90"],
};

/** A path of the route, with ids that exist in half of its places. */
function pathOf({ path }: Route, draw: Draw): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const known = segments[name];
    return known !== undefined && draw.chance(0.5) ? draw.one(known) : hostileSegment(draw);
  });
}

/** Sends something hostile to each route, and returns what was answered with 500 or more. */
async function attack(routes: readonly Route[], clients: readonly Client[], draw: Draw) {
  const broken: string[] = [];
  for (const route of routes) {
    const path = `${pathOf(route, draw)}${hostileQuery(draw)}`;
    const body = /^(GET|HEAD)$/.test(route.method) ? undefined : hostileBody(route.body, draw);
    const { status, text } = await draw.one(clients)(route.method, path, {
      ...(body !== undefined && { body }),
      headers: draw.chance(0.2) ? { ConsistencyLevel: "eventual" } : {},
    });
    if (status >= 500)
      broken.push(`${route.method} ${path} ${JSON.stringify(body)?.slice(0, 300)}: ${text}`);
  }
  return broken;
}

test.each(Array.from({ length: rounds }, (_, round) => seed + round))(
  "no route of Partner Center fails, whatever it is sent (seed %i)",
  async (one) => {
    const clients = [await client(emulator, "app"), await client(emulator, "user")];
    expect(await attack(partnerCenter, clients, drawing(one))).toEqual([]);
  },
);

test.each(Array.from({ length: rounds }, (_, round) => seed + round))(
  "no route of Graph fails, whatever it is sent (seed %i)",
  async (one) => {
    const clients = [
      await client(emulator, "app", "graph"),
      await client(emulator, "user", "graph"),
    ];
    expect(await attack(graph, clients, drawing(one))).toEqual([]);
  },
);

test("no sign-in fails, whatever it is sent", async () => {
  const draw = drawing(seed);
  for (let count = 0; count < 40; count++) {
    const path = draw.one(["oauth2/token", "oauth2/v2.0/token", "oauth2/v2.0/devicecode"]);
    const form = Object.fromEntries(
      ["grant_type", "client_id", "resource", "scope", "code", "refresh_token"].map((name) => [
        name,
        draw.chance(0.3) ? "client_credentials" : hostileSegment(draw),
      ]),
    );
    const json = draw.chance(0.5);
    const { status } = await fetch(`${emulator.url}/${tenant.id}/${path}`, {
      method: "POST",
      headers: { "content-type": json ? "application/json" : "application/x-www-form-urlencoded" },
      body: json ? JSON.stringify(hostileBody(undefined, draw)) : String(new URLSearchParams(form)),
    });
    expect([path, form, status < 500]).toEqual([path, form, true]);
  }
});

test.each([
  "/v1/%E0%A4%A",
  "/v1/customers/%00",
  "/v1.0/users('%')",
  "/v1/customers?filter=%7B&size=%",
  "/v1/customers?__proto__=1&constructor=2",
  `/v1/customers/${"x".repeat(5000)}`,
])("the path %s is answered", async (path) => {
  const { status } = await (await client(emulator, "app"))("GET", path);
  expect(status).toBeLessThan(500);
});

test.each(["{", "[[[[", "null", '"text"', "", "\u0000", `${"[".repeat(10_000)}`])(
  "the body %j is answered",
  async (body) => {
    for (const path of ["/v1/customers", "/v1.0/users", "/v1.0/$batch"]) {
      const token = path.startsWith("/v1.0") ? "graph" : "partnerCenter";
      const ask = await client(emulator, "app", token);
      const { headers } = await ask("GET", "/v1/customers?size=1");
      expect(headers.get("date")).not.toBeNull();
      const { status } = await fetch(emulator.url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      expect(status).toBeLessThan(500);
    }
  },
);
