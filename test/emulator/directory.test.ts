import { beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import { type Client, client, signIn } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";

const fabrikam = `/v1/customers/${ids.fabrikam}`;
const e3 = `${fabrikam}/subscriptions/${ids.e3}`;
const members = `/v1.0/groups/${ids.adminAgents}/members`;
const premium = "15B8F35F-34D6-51AF-AC5B-79A0222883A3";
const resource = "https://partner.partnercenterapi.microsoftonline.cn";

const fresh = freshEmulator();
let emulator: Emulator;
let app: Client;
let user: Client;
let graph: Client;

beforeEach(async () => {
  emulator = fresh();
  app = await client(emulator, "app");
  user = await client(emulator, "user");
  graph = await client(emulator, "app", "graph");
});

describe("what the documents leave out for 21Vianet", () => {
  test("is answered where that is asked", async () => {
    emulator.control.setTraps({ beyond21Vianet: true });
    const trial = `/v1/customers/${ids.tailspin}/subscriptions/${ids.trial}/conversions`;
    expect((await user("GET", trial)).body.items).toMatchObject([{ targetOfferId: premium }]);
    expect((await user("POST", trial, { body: { targetOfferId: ids.e3 } })).body.error.code).toBe("conversions_not_found");
    expect((await user("GET", `/v1/roles/${ids.adminAgents}/usermembers`)).body.items).toMatchObject([{ id: ids.chen }]);
    expect((await app("GET", "/v1/auditrecords?startDate=2020-01-01")).status).toBe(400);
    await app("PATCH", e3, { body: { quantity: 12 }, headers: { "MS-CorrelationId": "mine" } });
    expect((await app("GET", "/v1/auditrecords")).body.items.at(-1)).toMatchObject({
      operationType: "update_subscription",
      originalCorrelationId: "mine",
    });
  });
});

describe("a webhook", () => {
  test("is registered, shown, replaced and tested", async () => {
    const path = "/webhooks/v1/registration";
    const body = { WebhookUrl: "https://hooks.example/a", WebhookEvents: ["test-created"] };
    const { body: kept } = await app("POST", path, { body });
    expect((await app("GET", path)).body).toEqual(kept);
    expect((await app("PUT", path, { body: { ...body, WebhookEvents: ["subscription-updated"] } })).body).toEqual({
      ...kept,
      WebhookEvents: ["subscription-updated"],
    });
    const { body: sent } = await app("POST", `${path}/validationEvents`);
    expect((await app("GET", `${path}/validationEvents/${sent.correlationId}`)).body).toMatchObject({ status: "pending" });
    expect((await app("GET", `${path}/events`)).body).toContain("subscription-updated");
  });
});

describe("a user", () => {
  test("is restored within 30 days, with its memberships", async () => {
    await graph("DELETE", `/v1.0/users/${ids.chen}`);
    expect((await graph("GET", members)).body.value).toEqual([]);
    emulator.control.advance("P29D");
    graph = await client(emulator, "app", "graph");
    expect((await graph("POST", `/v1.0/directory/deletedItems/${ids.chen}/restore`)).status).toBe(200);
    expect((await graph("GET", members)).body.value).toMatchObject([{ id: ids.chen }]);
    await graph("DELETE", `/v1.0/users/${ids.chen}`);
    emulator.control.advance("P30D");
    graph = await client(emulator, "app", "graph");
    expect((await graph("POST", `/v1.0/directory/deletedItems/${ids.chen}/restore`)).status).toBe(404);
  });

  test("is renamed, and its old name is free", async () => {
    const name = "chen.new@contosopartner.partner.onmschina.cn";
    expect((await graph("PATCH", `/v1.0/users/${ids.chen}`, { body: { userPrincipalName: name, jobTitle: null } })).status).toBe(204);
    expect((await graph("GET", `/v1.0/users/${name}`)).body.id).toBe(ids.chen);
    expect((await graph("GET", "/v1.0/users/chen.jie@contosopartner.partner.onmschina.cn")).status).toBe(404);
    await graph("DELETE", `/v1.0/users/${ids.chen}`);
    expect((await graph("GET", "/v1.0/directory/deletedItems/microsoft.graph.user?$select=id")).body.value).toEqual([{ id: ids.chen }]);
  });

  test("is deleted with its membership where /$ref is forgotten", async () => {
    expect((await graph("DELETE", `${members}/${ids.chen}`)).status).toBe(204);
    expect((await graph("GET", `/v1.0/users/${ids.chen}`)).status).toBe(404);
  });

  test("shows what is selected, is found by name, and is listed page by page", async () => {
    emulator.control.setTraps({ pageSize: { graph: 2 } });
    const first = await graph("GET", "/v1.0/users?$select=id,usageLocation&$top=50");
    const second = await graph("GET", first.body["@odata.nextLink"].slice(emulator.url.length));
    expect([...first.body.value, ...second.body.value].map(Object.keys)).toEqual(Array.from({ length: 3 }, () => ["id", "usageLocation"]));
    expect(second.body["@odata.nextLink"]).toBeUndefined();
    const filter = encodeURIComponent("userPrincipalName eq 'Chen.Jie@contosopartner.partner.onmschina.cn'");
    expect((await graph("GET", `/v1.0/users?$filter=${filter}`)).body.value).toMatchObject([{ id: ids.chen, jobTitle: null }]);
  });
});

describe("a user's roles", () => {
  test("decide what a token for that user is good for", async () => {
    const [me] = (await graph("GET", `/v1.0/users?$filter=${encodeURIComponent("mailNickname eq 'automation'")}&$select=id`)).body.value;
    for (const path of [
      "/v1.0/directoryRoles/roleTemplateId=62e90394-69f5-4237-9190-012177145e10/members",
      `/v1.0/groups/${ids.agentRole}/members`,
    ]) {
      const within = path.includes("directoryRoles");
      expect(
        (
          await graph(
            within ? "DELETE" : "POST",
            within ? `${path}/${me.id}/$ref` : `${path}/$ref`,
            within ? {} : { body: { "@odata.id": `https://x/v1.0/directoryObjects/${me.id}` } },
          )
        ).status,
      ).toBe(204);
    }
    expect((await user("GET", fabrikam)).status).toBe(200);
    expect(await user("PUT", "/v1/profiles/support", { body: {} })).toMatchObject({ status: 403, body: { code: 900150 } });
    await graph("DELETE", `/v1.0/groups/${ids.agentRole}/members/${me.id}/$ref`);
    expect((await user("GET", fabrikam)).body.code).toBe(900150);
    expect((await app("GET", fabrikam)).status).toBe(200);
  });
});

describe("sign-in", () => {
  test("ends after an hour", async () => {
    emulator.control.advance("PT60M");
    expect(await app("GET", fabrikam)).toMatchObject({ status: 401, body: { code: 400 } });
    expect((await fetch(`${emulator.url}${fabrikam}`)).status).toBe(401);
  });

  test("gives a new refresh token, which is taken once where that is asked", async () => {
    emulator.control.setTraps({ oneTimeRefreshTokens: true });
    const { body } = await signIn(emulator, { grant_type: "refresh_token", refresh_token: "emulator-refresh-token", resource });
    expect(await signIn(emulator, { grant_type: "refresh_token", refresh_token: "emulator-refresh-token", resource })).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    expect((await signIn(emulator, { grant_type: "refresh_token", refresh_token: body.refresh_token, resource })).status).toBe(200);
  });

  test.each([
    [{ client_secret: "wrong", grant_type: "client_credentials", resource }, 401, "invalid_client"],
    [{ client_id: "wrong", grant_type: "client_credentials", resource }, 400, "unauthorized_client"],
    [{ grant_type: "password", resource }, 400, "invalid_grant"],
    [{ grant_type: "client_credentials", resource: "https://elsewhere.example" }, 400, "invalid_resource"],
    [{ grant_type: "client_credentials" }, 400, "invalid_request"],
    [{ grant_type: "device", resource }, 400, "unsupported_grant_type"],
    [{ grant_type: "refresh_token", refresh_token: "unknown", resource }, 400, "invalid_grant"],
  ])("refuses %j", async (form, status, error) => {
    expect(await signIn(emulator, form)).toMatchObject({ status, body: { error, error_description: expect.stringContaining("AADSTS") } });
  });
});
