import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dump, type Emulator, startEmulator } from "../../src/emulator/emulator.ts";
import { type Client, client, signIn } from "./client.ts";
import { exampleAccount, ids } from "./example-account.ts";

const fabrikam = `/v1/customers/${ids.fabrikam}`;
const e3 = `${fabrikam}/subscriptions/${ids.e3}`;
const members = `/v1.0/groups/${ids.adminAgents}/members`;
const premium = "15B8F35F-34D6-51AF-AC5B-79A0222883A3";
const resource = "https://partner.partnercenterapi.microsoftonline.cn";
const address = { country: "CN", region: "Haidian", city: "Beijing", state: "BJ", addressLine1: "No. 5 Example Street", postalCode: "100080" };
const newCustomer = { companyProfile: { domain: "new.partner.onmschina.cn" }, billingProfile: { email: "a@b.example", culture: "zh-cn", language: "zh-CHS", companyName: "New Ltd.", defaultAddress: address } };

let dump: Dump;
let emulator: Emulator;
let app: Client;
let user: Client;
let graph: Client;

beforeAll(async () => {
  dump = await exampleAccount();
  emulator = await startEmulator();
});

beforeEach(async () => {
  emulator.control.restore(dump);
  emulator.control.setTraps("none");
  emulator.control.clearFaults();
  emulator.control.clearRequests();
  app = await client(emulator, "app");
  user = await client(emulator, "user");
  graph = await client(emulator, "app", "graph");
});

afterAll(() => emulator.close());

describe("a customer", () => {
  test("is created once for a request id, and its password is answered once", async () => {
    const headers = { "MS-RequestId": "f122c64f-20e3-5b79-9638-d798e80c2c1d" };
    const first = await app("POST", "/v1/customers", { body: newCustomer, headers });
    const second = await app("POST", "/v1/customers", { body: newCustomer, headers });
    expect(first.body.userCredentials).toEqual({ userName: "admin", password: expect.stringMatching(/.{12}/) });
    expect(second).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(second.body.userCredentials).toBeUndefined();
    expect(JSON.stringify(emulator.control.dump())).not.toContain(first.body.userCredentials.password);
    expect((await app("POST", "/v1/customers", { body: newCustomer })).status).toBe(409);
  });

  test("is listed without billing, page by page, and by the start of a name", async () => {
    const first = await app("GET", "/v1/customers?size=2");
    const [{ key, value }] = first.body.links.next.headers;
    const second = await app("GET", `/v1${first.body.links.next.uri}`, { headers: { [key]: value } });
    expect([...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)).toEqual([ids.fabrikam, ids.tailspin, ids.wingtip]);
    expect(second.body.links.next).toBeUndefined();
    expect(first.body.items[0].billingProfile).toBeUndefined();
    const filter = encodeURIComponent('{"Field":"CompanyName","Value":"WING","Operator":"starts_with"}');
    expect((await app("GET", `/v1/customers?size=0&filter=${filter}`)).body.items).toMatchObject([{ id: ids.wingtip }]);
  });

  test("has a billing profile that is replaced whole", async () => {
    const path = `${fabrikam}/profiles/billing`;
    const before = (await app("GET", path)).body;
    const { firstName: _, ...body } = before;
    const after = await app("PUT", path, { body: { ...body, email: "x@fabrikam.example" }, headers: { "If-Match": `"${before.attributes.etag}"` } });
    expect(after).toMatchObject({ status: 200, body: { email: "x@fabrikam.example" } });
    expect(after.body.firstName).toBeUndefined();
    expect(after.body.attributes.etag).not.toBe(before.attributes.etag);
  });
});

describe("a profile", () => {
  test("loses what a PUT leaves out, and keeps what the server owns", async () => {
    const before = (await user("GET", "/v1/profiles/billing")).body;
    const { companyName, address, primaryContact, attributes } = before;
    const body = { CompanyName: companyName, Address: address, PrimaryContact: primaryContact, TaxId: null, BillingCurrency: "USD", Attributes: { Etag: attributes.etag } };
    const after = (await user("PUT", "/v1/profiles/billing", { body })).body;
    expect(after).toMatchObject({ companyName, billingCurrency: "CNY" });
    expect([after.taxId, after.purchaseOrderNumber]).toEqual([undefined, undefined]);
  });

  test("of support is written under both spellings", async () => {
    expect((await user("PUT", "/v1/profiles/supportprofile", { body: { Email: "s@b.example" } })).status).toBe(200);
    expect((await user("GET", "/v1/profiles/support")).body).toMatchObject({ email: "s@b.example", profileType: "support_profile" });
  });
});

describe("an order", () => {
  const body = { lineItems: [{ lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 3 }] };

  test("sent twice is two orders, whatever the request id", async () => {
    const headers = { "MS-RequestId": "f122c64f-20e3-5b79-9638-d798e80c2c1d" };
    const placed = [await app("POST", `${fabrikam}/orders`, { body, headers }), await app("POST", `${fabrikam}/orders`, { body, headers })];
    expect(new Set(placed.map((reply) => reply.body.id)).size).toBe(2);
    expect(placed[0]?.body).toMatchObject({ status: "pending", lineItems: [{ subscriptionId: expect.any(String) }] });
  });

  test("is listed after 15 minutes, and found by its id at once", async () => {
    emulator.control.setTraps({ lag: { orders: 900 } });
    const { body: placed } = await app("POST", `${fabrikam}/orders`, { body });
    const listed = async () => (await app("GET", `${fabrikam}/orders`)).body.items.map(({ id }: { id: string }) => id);
    expect(await listed()).not.toContain(placed.id);
    expect((await app("GET", `${fabrikam}/orders/${placed.id}`)).body.status).toBe("completed");
    expect((await app("GET", `${fabrikam}/subscriptions?order_id=${placed.id}`)).body.totalCount).toBe(1);
    emulator.control.advance("PT15M");
    expect(await listed()).toContain(placed.id);
  });

  test("changes its billing cycle for all its subscriptions", async () => {
    const { body: before } = await app("GET", `${fabrikam}/orders/${ids.order}`);
    expect(await app("PATCH", `${fabrikam}/orders/${ids.order}`, { body: { ...before, billingCycle: "Annual" } })).toMatchObject({ status: 200, body: { billingCycle: "annual" } });
    expect((await app("GET", e3)).body.billingCycle).toBe("annual");
  });
});

describe("a subscription", () => {
  test("is deleted 60 days after it was suspended", async () => {
    expect((await app("PATCH", e3, { body: { status: "suspended" } })).body).toMatchObject({ status: "suspended", suspensionReasons: ["PartnerInitiated"] });
    emulator.control.advance("P59D");
    app = await client(emulator, "app");
    expect((await app("PATCH", e3, { body: { status: "active" } })).body.status).toBe("active");
    await app("PATCH", e3, { body: { status: "suspended" } });
    emulator.control.advance("P60D");
    app = await client(emulator, "app");
    expect((await app("GET", e3)).body.status).toBe("deleted");
  });

  test("takes a change later where 202 is answered", async () => {
    emulator.control.setTraps({ accepted: { every: 1, seconds: 30 } });
    const reply = await app("PATCH", e3, { body: { quantity: 15 } });
    expect([reply.status, reply.text, reply.headers.get("location")]).toEqual([202, "", `${fabrikam.slice(3)}/subscriptions/${ids.e3}`]);
    const before = (await app("GET", e3)).body;
    expect(before.quantity).toBe(10);
    emulator.control.advance(30);
    const after = (await app("GET", e3)).body;
    expect(after.quantity).toBe(15);
    expect(after.attributes.etag).not.toBe(before.attributes.etag);
  });

  test("is pending for a while where that is asked", async () => {
    emulator.control.setTraps({ provisioning: 60 });
    const { body } = await app("POST", `${fabrikam}/orders`, { body: { lineItems: [{ lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 3 }] } });
    const path = `${fabrikam}/subscriptions/${body.lineItems[0].subscriptionId}`;
    expect((await app("GET", path)).body.status).toBe("pending");
    expect((await app("PATCH", path, { body: { quantity: 4 } })).body.code).toBe(800082);
    emulator.control.advance(60);
    expect((await app("PATCH", path, { body: { quantity: 4 } })).body).toMatchObject({ status: "active", quantity: 4 });
  });

  test("is upgraded into a new one, and answers why it is not", async () => {
    const path = `/v1/customers/${ids.tailspin}/subscriptions/${ids.essentials}`;
    const { body } = await app("GET", `${path}/upgrades`);
    expect(body.items.map(({ targetOffer, isEligible }: { targetOffer: { id: string }; isEligible: boolean }) => [targetOffer.id, isEligible])).toContainEqual([premium, true]);
    const refused = await app("POST", `${path}/upgrades`, { body: body.items.find(({ isEligible }: { isEligible: boolean }) => !isEligible) });
    expect(refused).toMatchObject({ status: 200, body: { upgradeErrors: [{ code: 4 }] } });
    const done = await app("POST", `${path}/upgrades`, { body: { TargetOffer: { Id: premium }, UpgradeType: 1 } });
    expect(done.body).toMatchObject({ sourceSubscriptionId: ids.essentials, upgradeErrors: [], licenseErrors: [] });
    expect((await app("GET", path)).body.status).toBe("deleted");
    expect((await app("GET", `/v1/customers/${ids.tailspin}/subscriptions/${done.body.targetSubscriptionId}`)).body).toMatchObject({ offerId: premium, quantity: 20, status: "active" });
  });

  test("goes through a cart, group by group, once", async () => {
    const lines = [{ id: 0, catalogItemId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 1 }, { id: 1, catalogItemId: "9B139E80-6C69-5B16-865B-BE83221FBB18", quantity: 1, billingCycle: "annual" }];
    const { body: cart } = await app("POST", `${fabrikam}/carts`, { body: { lineItems: lines } });
    const checkout = await app("POST", `${fabrikam}/carts/${cart.id}/checkout`);
    expect(checkout).toMatchObject({ status: 201, body: { orders: [{ lineItems: [{ quantity: 1 }] }], orderErrors: [{ orderGroupId: "OMS-1", code: 2091 }] } });
    expect((await app("POST", `${fabrikam}/carts/${cart.id}/checkout`)).body.code).toBe(800065);
    emulator.control.advance("PT15M");
    expect((await app("GET", `${fabrikam}/carts/${cart.id}`)).status).toBe(404);
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
    const [me] = (await graph("GET", "/v1.0/users?$filter=" + encodeURIComponent("mailNickname eq 'automation'") + "&$select=id")).body.value;
    for (const path of ["/v1.0/directoryRoles/roleTemplateId=62e90394-69f5-4237-9190-012177145e10/members", `/v1.0/groups/${ids.agentRole}/members`]) {
      const within = path.includes("directoryRoles");
      expect((await graph(within ? "DELETE" : "POST", within ? `${path}/${me.id}/$ref` : `${path}/$ref`, within ? {} : { body: { "@odata.id": `https://x/v1.0/directoryObjects/${me.id}` } })).status).toBe(204);
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
    expect(await signIn(emulator, { grant_type: "refresh_token", refresh_token: "emulator-refresh-token", resource })).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
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
