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
    emulator.control.setQuirks({ beyond21Vianet: true });
    const trial = `/v1/customers/${ids.tailspin}/subscriptions/${ids.trial}/conversions`;
    expect((await user("GET", trial)).body.items).toMatchObject([{ targetOfferId: premium }]);
    expect((await user("POST", trial, { body: { targetOfferId: ids.e3 } })).body.error.code).toBe(
      "conversions_not_found",
    );
    for (const quantity of [0, 1_000_000_000])
      expect(
        await user("POST", trial, { body: { targetOfferId: premium, quantity } }),
      ).toMatchObject({ status: 400 });
    expect((await user("GET", trial)).body.items).toMatchObject([{ targetOfferId: premium }]);
    expect(
      (await user("GET", `/v1/roles/${ids.adminAgents}/usermembers`)).body.items,
    ).toMatchObject([{ id: ids.chen }]);
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
    expect(
      (await app("PUT", path, { body: { ...body, WebhookEvents: ["subscription-updated"] } })).body,
    ).toEqual({
      ...kept,
      WebhookEvents: ["subscription-updated"],
    });
    const { body: sent } = await app("POST", `${path}/validationEvents`);
    expect((await app("GET", `${path}/validationEvents/${sent.correlationId}`)).body).toMatchObject(
      { status: "pending" },
    );
    expect((await app("GET", `${path}/events`)).body).toContain("subscription-updated");
  });
});

describe("a user", () => {
  test("is restored within 30 days, with its memberships", async () => {
    await graph("DELETE", `/v1.0/users/${ids.chen}`);
    expect((await graph("GET", members)).body.value).toEqual([]);
    emulator.control.advance("P29D");
    graph = await client(emulator, "app", "graph");
    expect((await graph("POST", `/v1.0/directory/deletedItems/${ids.chen}/restore`)).status).toBe(
      200,
    );
    expect((await graph("GET", members)).body.value).toMatchObject([{ id: ids.chen }]);
    await graph("DELETE", `/v1.0/users/${ids.chen}`);
    emulator.control.advance("P30D");
    graph = await client(emulator, "app", "graph");
    expect((await graph("POST", `/v1.0/directory/deletedItems/${ids.chen}/restore`)).status).toBe(
      404,
    );
  });

  test("is renamed, and its old name is free", async () => {
    const name = "chen.new@contosopartner.partner.onmschina.cn";
    expect(
      (
        await graph("PATCH", `/v1.0/users/${ids.chen}`, {
          body: { userPrincipalName: name, jobTitle: null },
        })
      ).status,
    ).toBe(204);
    expect((await graph("GET", `/v1.0/users/${name}`)).body.id).toBe(ids.chen);
    expect(
      (await graph("GET", "/v1.0/users/chen.jie@contosopartner.partner.onmschina.cn")).status,
    ).toBe(404);
    await graph("DELETE", `/v1.0/users/${ids.chen}`);
    expect(
      (await graph("GET", "/v1.0/directory/deletedItems/microsoft.graph.user?$select=id")).body
        .value,
    ).toEqual([{ id: ids.chen }]);
  });

  test("is deleted with its membership where /$ref is forgotten", async () => {
    expect((await graph("DELETE", `${members}/${ids.chen}`)).status).toBe(204);
    expect((await graph("GET", `/v1.0/users/${ids.chen}`)).status).toBe(404);
  });

  test("shows what is selected, is found by name, and is listed page by page", async () => {
    emulator.control.setQuirks({ pageSize: { graph: 2 } });
    const first = await graph("GET", "/v1.0/users?$select=id,usageLocation&$top=50");
    const second = await graph("GET", first.body["@odata.nextLink"].slice(emulator.url.length));
    expect([...first.body.value, ...second.body.value].map(Object.keys)).toEqual(
      Array.from({ length: 3 }, () => ["id", "usageLocation"]),
    );
    expect(second.body["@odata.nextLink"]).toBeUndefined();
    const filter = encodeURIComponent(
      "userPrincipalName eq 'Chen.Jie@contosopartner.partner.onmschina.cn'",
    );
    expect((await graph("GET", `/v1.0/users?$filter=${filter}`)).body.value).toMatchObject([
      { id: ids.chen, jobTitle: null },
    ]);
  });
});

describe("a user's roles", () => {
  test("decide what a token for that user is good for", async () => {
    const [me] = (
      await graph(
        "GET",
        `/v1.0/users?$filter=${encodeURIComponent("mailNickname eq 'automation'")}&$select=id`,
      )
    ).body.value;
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
    expect(await user("PUT", "/v1/profiles/support", { body: {} })).toMatchObject({
      status: 403,
      body: { code: 900150 },
    });
    await graph("DELETE", `/v1.0/groups/${ids.agentRole}/members/${me.id}/$ref`);
    expect((await user("GET", fabrikam)).body.code).toBe(900150);
    expect((await app("GET", fabrikam)).status).toBe(200);
  });
});

describe("the directory", () => {
  const templates = {
    global: "62e90394-69f5-4237-9190-012177145e10",
    billing: "b0f54661-2d74-4c50-afa3-1ec803f12efe",
    users: "fe930be7-5e62-47db-91af-98c3a49a38b1",
  };
  const refused = { status: 403, body: { error: { code: "Authorization_RequestDenied" } } };
  let me: Client;

  /** Who signs in has one role, and chen.jie another. */
  async function given(
    mine: keyof typeof templates | undefined,
    theirs: keyof typeof templates | undefined,
  ): Promise<void> {
    const { account, ...rest } = emulator.control.dump();
    const [automation] = Object.values(account.users ?? {}).filter((one) =>
      Object(one).userPrincipalName.startsWith("automation@"),
    );
    const roles = Object.fromEntries(
      Object.entries(templates).map(([name, roleTemplateId]) => {
        const members = [
          ...(mine === name ? [Object(automation).id] : []),
          ...(theirs === name ? [ids.chen] : []),
        ];
        return [name, { id: name, displayName: name, roleTemplateId, members }];
      }),
    );
    const groups = Object.fromEntries(
      Object.entries(account.groups ?? {}).map(([id, one]) => [
        id,
        { ...Object(one), members: [] },
      ]),
    );
    emulator.control.restore({ ...rest, account: { ...account, roles, groups } });
    me = await client(emulator, "user", "graph");
  }

  const chen = `/v1.0/users/${ids.chen}`;
  test.each([
    [
      "a global administrator deletes an administrator",
      "global",
      "billing",
      "DELETE",
      chen,
      undefined,
      204,
    ],
    ["a user administrator deletes a user", "users", undefined, "DELETE", chen, undefined, 204],
    [
      "and another user administrator, who is a limited one",
      "users",
      "users",
      "DELETE",
      chen,
      undefined,
      204,
    ],
    ["but no billing administrator", "users", "billing", "DELETE", chen, undefined, 403],
    ["nor a global one", "users", "global", "DELETE", chen, undefined, 403],
    [
      "and does not change how one is reached",
      "users",
      "billing",
      "PATCH",
      chen,
      { mobilePhone: "+86 1" },
      403,
    ],
    ["but how others are", "users", undefined, "PATCH", chen, { mobilePhone: "+86 1" }, 204],
    [
      "and what else there is of one",
      "users",
      "billing",
      "PATCH",
      chen,
      { jobTitle: "Clerk" },
      204,
    ],
    [
      "a user administrator activates no role",
      "users",
      undefined,
      "POST",
      "/v1.0/directoryRoles",
      { roleTemplateId: templates.billing },
      403,
    ],
    [
      "and puts an agent in a group",
      "users",
      undefined,
      "POST",
      `/v1.0/groups/${ids.agentRole}/members/$ref`,
      "chen",
      204,
    ],
    [
      "which a billing administrator does not",
      "billing",
      undefined,
      "POST",
      `/v1.0/groups/${ids.agentRole}/members/$ref`,
      "chen",
      403,
    ],
    ["who deletes nobody either", "billing", undefined, "DELETE", chen, undefined, 403],
    [
      "and nobody without a role changes anybody",
      undefined,
      undefined,
      "PATCH",
      chen,
      { jobTitle: "Clerk" },
      403,
    ],
    ["but everybody reads", undefined, undefined, "GET", chen, undefined, 200],
  ] as const)("%s", async (_, mine, theirs, method, path, body, status) => {
    await given(mine, theirs);
    const sent =
      body === "chen" ? { "@odata.id": `https://x/v1.0/directoryObjects/${ids.chen}` } : body;
    const reply = await me(method, path, sent === undefined ? {} : { body: sent });
    if (status === 403) expect(reply).toMatchObject(refused);
    else expect(reply.status).toBe(status);
  });
});

describe("a legal business profile", () => {
  test("that is changed is vetted, where that is asked, while its last version can be read", async () => {
    const path = "/v1/profiles/legalbusiness";
    const read = async (version: string) =>
      (await user("GET", `${path}?vettingVersion=${version}`)).body;
    const before = await read("Current");
    const change = (companyApproverEmail: string) =>
      user("PUT", path, { body: { ...before, companyApproverEmail } });
    expect((await change("first@contoso.example")).body.vettingStatus).toBe("authorized");
    emulator.control.setQuirks({ vetting: 1800 });
    expect((await change("second@contoso.example")).body).toMatchObject({
      vettingStatus: "pending",
    });
    await change("third@contoso.example");
    expect(await read("Current")).toMatchObject({
      companyApproverEmail: "third@contoso.example",
      vettingStatus: "pending",
    });
    expect(await read("LastFinalized")).toMatchObject({
      companyApproverEmail: "first@contoso.example",
      vettingStatus: "authorized",
    });
    emulator.control.advance("PT30M");
    for (const version of ["Current", "LastFinalized"])
      expect(await read(version)).toMatchObject({
        companyApproverEmail: "third@contoso.example",
        vettingStatus: "authorized",
      });
  });
});

describe("what no page says of 21Vianet", () => {
  test("is answered where that is asked: what one customer may buy", async () => {
    emulator.control.setQuirks({ beyond21Vianet: true });
    const { items } = (await app("GET", `${fabrikam}/offers`)).body;
    expect(items.length).toBeGreaterThan(30);
    expect(
      items.every(
        ({ isAvailableForPurchase }: { isAvailableForPurchase: boolean }) => isAvailableForPurchase,
      ),
    ).toBe(true);
    expect((await app("GET", `${fabrikam}/offercategories`)).body.items.length).toBeGreaterThan(1);
  });
});

describe("sign-in", () => {
  test("ends after an hour", async () => {
    emulator.control.advance("PT60M");
    expect(await app("GET", fabrikam)).toMatchObject({ status: 401, body: { code: 400 } });
    expect((await fetch(`${emulator.url}${fabrikam}`)).status).toBe(401);
  });

  test("gives a new refresh token, which is taken once where that is asked", async () => {
    emulator.control.setQuirks({ oneTimeRefreshTokens: true });
    const { body } = await signIn(emulator, {
      grant_type: "refresh_token",
      refresh_token: "emulator-refresh-token",
      resource,
    });
    expect(
      await signIn(emulator, {
        grant_type: "refresh_token",
        refresh_token: "emulator-refresh-token",
        resource,
      }),
    ).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    expect(
      (
        await signIn(emulator, {
          grant_type: "refresh_token",
          refresh_token: body.refresh_token,
          resource,
        })
      ).status,
    ).toBe(200);
  });

  test.each([
    [{ client_secret: "wrong", grant_type: "client_credentials", resource }, 401, "invalid_client"],
    [
      { client_id: "wrong", grant_type: "client_credentials", resource },
      400,
      "unauthorized_client",
    ],
    [{ grant_type: "password", resource }, 400, "invalid_grant"],
    [
      { grant_type: "client_credentials", resource: "https://elsewhere.example" },
      400,
      "invalid_resource",
    ],
    [{ grant_type: "client_credentials" }, 400, "invalid_request"],
    [{ grant_type: "device", resource }, 400, "unsupported_grant_type"],
    [{ grant_type: "refresh_token", refresh_token: "unknown", resource }, 400, "invalid_grant"],
  ])("refuses %j", async (form, status, error) => {
    expect(await signIn(emulator, form)).toMatchObject({
      status,
      body: { error, error_description: expect.stringContaining("AADSTS") },
    });
  });
});
