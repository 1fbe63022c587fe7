import { beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import { type Client, client } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";
import { beijing } from "../addresses.ts";

const fabrikam = `/v1/customers/${ids.fabrikam}`;
const e3 = `${fabrikam}/subscriptions/${ids.e3}`;
const premium = "15B8F35F-34D6-51AF-AC5B-79A0222883A3";
const newCustomer = {
  companyProfile: { domain: "new.partner.onmschina.cn" },
  billingProfile: {
    email: "a@b.example",
    culture: "zh-cn",
    language: "zh-CHS",
    companyName: "New Ltd.",
    defaultAddress: beijing,
  },
};

const fresh = freshEmulator();
let emulator: Emulator;
let app: Client;
let user: Client;

beforeEach(async () => {
  emulator = fresh();
  app = await client(emulator, "app");
  user = await client(emulator, "user");
});

describe("a customer", () => {
  test("is created once for a request id, and its password is answered once", async () => {
    const headers = { "MS-RequestId": "f122c64f-20e3-5b79-9638-d798e80c2c1d" };
    const first = await app("POST", "/v1/customers", { body: newCustomer, headers });
    const second = await app("POST", "/v1/customers", { body: newCustomer, headers });
    expect(first.body.userCredentials).toEqual({
      userName: "admin",
      password: expect.stringMatching(/.{12}/),
    });
    expect(second).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(second.body.userCredentials).toBeUndefined();
    expect(JSON.stringify(emulator.control.dump())).not.toContain(
      first.body.userCredentials.password,
    );
    expect((await app("POST", "/v1/customers", { body: newCustomer })).status).toBe(409);
  });

  test("is listed without billing, page by page, and by the start of a name", async () => {
    const first = await app("GET", "/v1/customers?size=2");
    const [{ key, value }] = first.body.links.next.headers;
    const second = await app("GET", `/v1${first.body.links.next.uri}`, {
      headers: { [key]: value },
    });
    expect([...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)).toEqual(
      [ids.fabrikam, ids.tailspin, ids.wingtip],
    );
    expect(second.body.links.next).toBeUndefined();
    expect(first.body.items[0].billingProfile).toBeUndefined();
    const filter = encodeURIComponent(
      '{"Field":"CompanyName","Value":"WING","Operator":"starts_with"}',
    );
    expect((await app("GET", `/v1/customers?size=0&filter=${filter}`)).body.items).toMatchObject([
      { id: ids.wingtip },
    ]);
  });

  test("has a billing profile that is replaced whole", async () => {
    const path = `${fabrikam}/profiles/billing`;
    const before = (await app("GET", path)).body;
    const { firstName: _, ...body } = before;
    const after = await app("PUT", path, {
      body: { ...body, email: "x@fabrikam.example" },
      headers: { "If-Match": `"${before.attributes.etag}"` },
    });
    expect(after).toMatchObject({ status: 200, body: { email: "x@fabrikam.example" } });
    expect(after.body.firstName).toBeUndefined();
    expect(after.body.attributes.etag).not.toBe(before.attributes.etag);
  });
});

describe("a profile", () => {
  test("loses what a PUT leaves out, and keeps what the server owns", async () => {
    const before = (await user("GET", "/v1/profiles/billing")).body;
    const { companyName, address, primaryContact, attributes } = before;
    const body = {
      CompanyName: companyName,
      Address: address,
      PrimaryContact: primaryContact,
      TaxId: null,
      BillingCurrency: "USD",
      Attributes: { Etag: attributes.etag },
    };
    const after = (await user("PUT", "/v1/profiles/billing", { body })).body;
    expect(after).toMatchObject({ companyName, billingCurrency: "CNY" });
    expect([after.taxId, after.purchaseOrderNumber]).toEqual([undefined, undefined]);
  });

  test("of support is written under both spellings", async () => {
    expect(
      (await user("PUT", "/v1/profiles/supportprofile", { body: { Email: "s@b.example" } })).status,
    ).toBe(200);
    expect((await user("GET", "/v1/profiles/support")).body).toMatchObject({
      email: "s@b.example",
      profileType: "support_profile",
    });
  });
});

describe("an order", () => {
  const body = {
    lineItems: [
      { lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 3 },
    ],
  };

  test("sent twice is two orders, whatever the request id", async () => {
    const headers = { "MS-RequestId": "f122c64f-20e3-5b79-9638-d798e80c2c1d" };
    const placed = [
      await app("POST", `${fabrikam}/orders`, { body, headers }),
      await app("POST", `${fabrikam}/orders`, { body, headers }),
    ];
    expect(new Set(placed.map((reply) => reply.body.id)).size).toBe(2);
    expect(placed[0]?.body).toMatchObject({
      status: "pending",
      lineItems: [{ subscriptionId: expect.any(String) }],
    });
  });

  test("is listed after 15 minutes, and found by its id at once", async () => {
    emulator.control.setQuirks({ lag: { orders: 900 } });
    const { body: placed } = await app("POST", `${fabrikam}/orders`, { body });
    const listed = async () =>
      (await app("GET", `${fabrikam}/orders`)).body.items.map(({ id }: { id: string }) => id);
    expect(await listed()).not.toContain(placed.id);
    expect((await app("GET", `${fabrikam}/orders/${placed.id}`)).body.status).toBe("completed");
    expect(
      (await app("GET", `${fabrikam}/subscriptions?order_id=${placed.id}`)).body.totalCount,
    ).toBe(1);
    emulator.control.advance("PT15M");
    expect(await listed()).toContain(placed.id);
  });

  test("changes its billing cycle for all its subscriptions", async () => {
    const { body: before } = await app("GET", `${fabrikam}/orders/${ids.order}`);
    expect(
      await app("PATCH", `${fabrikam}/orders/${ids.order}`, {
        body: { ...before, billingCycle: "Annual" },
      }),
    ).toMatchObject({
      status: 200,
      body: { billingCycle: "annual" },
    });
    expect((await app("GET", e3)).body.billingCycle).toBe("annual");
  });
});

describe("a subscription", () => {
  test("is deleted 60 days after it was suspended", async () => {
    expect((await app("PATCH", e3, { body: { status: "suspended" } })).body).toMatchObject({
      status: "suspended",
      suspensionReasons: ["PartnerInitiated"],
    });
    emulator.control.advance("P59D");
    app = await client(emulator, "app");
    expect((await app("PATCH", e3, { body: { status: "active" } })).body.status).toBe("active");
    await app("PATCH", e3, { body: { status: "suspended" } });
    emulator.control.advance("P60D");
    app = await client(emulator, "app");
    expect((await app("GET", e3)).body.status).toBe("deleted");
  });

  test("is renewed until a body does not repeat that it is; true turns it on again", async () => {
    const renewed = async () => (await app("GET", e3)).body.autoRenewEnabled;
    await app("PATCH", e3, { body: { ...(await app("GET", e3)).body, quantity: 11 } });
    expect(await renewed()).toBe(true);
    await app("PATCH", e3, { body: { quantity: 12, autoRenewEnabled: false } });
    expect(await renewed()).toBe(true);
    await app("PATCH", e3, { body: { quantity: 13 } });
    expect(await renewed()).toBe(false);
    await app("PATCH", e3, { body: { quantity: 14, autoRenewEnabled: true } });
    expect(await renewed()).toBe(true);
  });

  test("takes a change later where 202 is answered", async () => {
    emulator.control.setQuirks({ accepted: { every: 1, seconds: 30 } });
    const reply = await app("PATCH", e3, { body: { quantity: 15 } });
    expect([reply.status, reply.text, reply.headers.get("location")]).toEqual([
      202,
      "",
      `${fabrikam.slice(3)}/subscriptions/${ids.e3}`,
    ]);
    const before = (await app("GET", e3)).body;
    expect(before.quantity).toBe(10);
    emulator.control.advance(30);
    const after = (await app("GET", e3)).body;
    expect(after.quantity).toBe(15);
    expect(after.attributes.etag).not.toBe(before.attributes.etag);
  });

  test("is pending for a while where that is asked", async () => {
    emulator.control.setQuirks({ provisioning: 60 });
    const { body } = await app("POST", `${fabrikam}/orders`, {
      body: {
        lineItems: [
          { lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 3 },
        ],
      },
    });
    const path = `${fabrikam}/subscriptions/${body.lineItems[0].subscriptionId}`;
    expect((await app("GET", path)).body.status).toBe("pending");
    expect((await app("PATCH", path, { body: { quantity: 4 } })).body.code).toBe(800082);
    emulator.control.advance(60);
    expect((await app("PATCH", path, { body: { quantity: 4 } })).body).toMatchObject({
      status: "active",
      quantity: 4,
    });
  });

  test("is upgraded into a new one, and answers why it is not", async () => {
    const path = `/v1/customers/${ids.tailspin}/subscriptions/${ids.essentials}`;
    const { body } = await app("GET", `${path}/upgrades`);
    expect(
      body.items.map(
        ({ targetOffer, isEligible }: { targetOffer: { id: string }; isEligible: boolean }) => [
          targetOffer.id,
          isEligible,
        ],
      ),
    ).toContainEqual([premium, true]);
    const refused = await app("POST", `${path}/upgrades`, {
      body: body.items.find(({ isEligible }: { isEligible: boolean }) => !isEligible),
    });
    expect(refused).toMatchObject({ status: 200, body: { upgradeErrors: [{ code: 4 }] } });
    const done = await app("POST", `${path}/upgrades`, {
      body: { TargetOffer: { Id: premium }, UpgradeType: 1 },
    });
    expect(done.body).toMatchObject({
      sourceSubscriptionId: ids.essentials,
      upgradeErrors: [],
      licenseErrors: [],
    });
    expect((await app("GET", path)).body.status).toBe("deleted");
    expect(
      (
        await app(
          "GET",
          `/v1/customers/${ids.tailspin}/subscriptions/${done.body.targetSubscriptionId}`,
        )
      ).body,
    ).toMatchObject({
      offerId: premium,
      quantity: 20,
      status: "active",
    });
  });

  test("goes through a cart, group by group, once", async () => {
    const lines = [
      { id: 0, catalogItemId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 1 },
      {
        id: 1,
        catalogItemId: "9B139E80-6C69-5B16-865B-BE83221FBB18",
        quantity: 1,
        billingCycle: "annual",
      },
    ];
    const { body: cart } = await app("POST", `${fabrikam}/carts`, { body: { lineItems: lines } });
    const checkout = await app("POST", `${fabrikam}/carts/${cart.id}/checkout`);
    expect(checkout).toMatchObject({
      status: 201,
      body: {
        orders: [{ lineItems: [{ quantity: 1 }] }],
        orderErrors: [{ orderGroupId: "OMS-1", code: 2091 }],
      },
    });
    const again = (await app("POST", `${fabrikam}/carts/${cart.id}/checkout`)).body;
    expect([again.orders[0].id, again.orders.length]).toEqual([checkout.body.orders[0].id, 1]);
    expect(
      (await app("GET", `${fabrikam}/orders`)).body.items.map(({ id }: { id: string }) => id),
    ).toContain(again.orders[0].id);
    expect((await app("GET", `${fabrikam}/orders`)).body.totalCount).toBe(2);
  });

  test("expires seven days after its cart was made, or when that is asked", async () => {
    const lineItems = [
      { id: 0, catalogItemId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 1 },
    ];
    const { body: cart } = await app("POST", `${fabrikam}/carts`, { body: { lineItems } });
    expect(Date.parse(cart.expirationTimestamp) - Date.parse(cart.creationTimestamp)).toBe(
      7 * 24 * 60 * 60 * 1000,
    );
    await app("POST", `${fabrikam}/carts/${cart.id}/checkout`);
    expect((await app("GET", `${fabrikam}/carts/${cart.id}`)).body.status).toBe("Ordered");
    emulator.control.setQuirks({ cart: 900 });
    const { body: brief } = await app("POST", `${fabrikam}/carts`, { body: { lineItems } });
    emulator.control.advance("PT15M");
    expect((await app("GET", `${fabrikam}/carts/${brief.id}`)).body.code).toBe(800008);
    emulator.control.advance("P7D");
    app = await client(emulator, "app");
    expect((await app("GET", `${fabrikam}/carts/${cart.id}`)).body.code).toBe(800008);
  });
});

describe("the term of a subscription", () => {
  test("begins the day after, ends on a billing day a year later, and is renewed", async () => {
    const body = {
      lineItems: [
        { lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 3 },
      ],
    };
    const { body: placed } = await app("POST", `${fabrikam}/orders`, { body });
    const path = `${fabrikam}/subscriptions/${placed.lineItems[0].subscriptionId}`;
    expect((await app("GET", path)).body).toMatchObject({
      effectiveStartDate: "2024-06-02T00:00:00Z",
      commitmentEndDate: "2025-06-15T00:00:00Z",
    });
    emulator.control.advance("P400D");
    app = await client(emulator, "app");
    expect((await app("GET", path)).body.commitmentEndDate).toMatch(/^2026-06-15T00:00:00/);
  });

  test("of a month is followed by a month, after the whole of its last day", async () => {
    const trial = { offerId: "80C95775-E990-5F21-8A57-D89DE3B39BE1", quantity: 25 };
    const body = { billingCycle: "none", lineItems: [{ lineItemNumber: 0, ...trial }] };
    const { body: placed } = await app("POST", `${fabrikam}/orders`, { body });
    const path = `${fabrikam}/subscriptions/${placed.lineItems[0].subscriptionId}`;
    const end = async () => (await app("GET", path)).body.commitmentEndDate.slice(0, 10);
    expect(await end()).toBe("2024-07-15");
    emulator.control.advance("P44D");
    app = await client(emulator, "app");
    expect(await end()).toBe("2024-07-15");
    emulator.control.advance("P1D");
    app = await client(emulator, "app");
    expect(await end()).toBe("2024-08-15");
  });

  test("ends for good where it is not renewed", async () => {
    const line = {
      lineItemNumber: 0,
      offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202",
      quantity: 3,
    };
    const { body } = await app("POST", `${fabrikam}/orders`, { body: { lineItems: [line] } });
    const path = `${fabrikam}/subscriptions/${body.lineItems[0].subscriptionId}`;
    await app("PATCH", path, { body: { quantity: 4 } });
    emulator.control.advance("P400D");
    app = await client(emulator, "app");
    const { status, commitmentEndDate } = (await app("GET", path)).body;
    expect([status, commitmentEndDate]).toEqual(["expired", "2025-06-15T00:00:00Z"]);
    expect((await app("PATCH", path, { body: { quantity: 5 } })).body.code).toBe(2011);
  });
});
