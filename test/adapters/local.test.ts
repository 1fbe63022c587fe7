import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LocalAdapter } from "../../src/adapters/local/local.ts";
import type { Credential } from "../../src/model/credential.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { Observed } from "../../src/model/observed.ts";
import {
  all,
  context,
  create,
  credential,
  fabrikam,
  folder,
  offers,
  open,
  remove,
  update,
  upgrade,
  wei,
} from "./changes.ts";

const never = new AbortController().signal;

async function made(
  adapter: LocalAdapter,
  requestId: string,
  change: ReturnType<typeof create>,
  live: Record<string, Observed> = {},
): Promise<Observed> {
  const reply = await adapter.write(change, context(requestId, { credential, live }));
  if (!reply) throw new Error("a write answered nothing");
  return reply;
}

async function customerOf(adapter: LocalAdapter): Promise<Record<string, Observed>> {
  return {
    "Customer/fabrikam": await made(adapter, "customer", create("Customer/fabrikam", fabrikam())),
  };
}

function order(
  adapter: LocalAdapter,
  live: Record<string, Observed>,
  name: string,
  spec: Spec,
): Promise<Observed> {
  const desired = {
    customer: "fabrikam",
    friendlyName: name,
    quantity: 5,
    billingCycle: "monthly",
    status: "active",
    ...spec,
  };
  return made(
    adapter,
    `order ${name}`,
    create(`Subscription/fabrikam/${name}`, desired, "Customer/fabrikam"),
    live,
  );
}

test("a new account is there to be read before anything is written", async () => {
  const root = folder();
  const adapter = open(root);
  const { id, principal } = await adapter.account(never);
  expect(await all(adapter, "User")).toMatchObject([
    {
      id: principal,
      key: "admin@contoso.partner.onmschina.cn",
      spec: { roles: { administrator: "global" } },
    },
  ]);
  expect(await all(adapter, "PartnerProfile")).toMatchObject([{ id, etag: "1" }]);
  expect(await all(adapter, "CatalogCustomization")).toMatchObject([
    { spec: { featuredOffers: [] } },
  ]);
  expect(await all(adapter, "Offer")).toHaveLength(40);
  expect(await all(adapter, "Offer", { id: offers.e3.toLowerCase() })).toMatchObject([
    { id: offers.e3, spec: { name: "Office 365 Enterprise E3" } },
  ]);
  expect(existsSync(join(root, ".partnerctl"))).toBe(false);
});

test("what was written is there when the account is opened again, under the same ids for the same seed", async () => {
  const [one, other] = [folder(), folder()];
  const ids: string[] = [];
  for (const root of [one, other]) {
    const adapter = open(root);
    const live = await customerOf(adapter);
    ids.push((await order(adapter, live, "e3", { offer: offers.e3 })).id);
    await adapter.close();
    const again = open(root);
    expect(await all(again, "Customer")).toEqual(Object.values(live));
    expect(
      (await all(again, "Subscription", { parentId: live["Customer/fabrikam"]?.id ?? "" })).map(
        ({ id }) => id,
      ),
    ).toEqual([ids.at(-1)]);
    expect(await again.account(never)).toEqual(await adapter.account(never));
  }
  expect(ids[0]).toBe(ids[1]);
});

test("two adapters on one folder see each other's writes", async () => {
  const root = folder();
  const [left, right] = [open(root), open(root)];
  await made(left, "1", create("User/wei", wei()));
  expect(await all(right, "User")).toHaveLength(2);
  await made(
    right,
    "2",
    create("User/li", wei({ userPrincipalName: "li@contoso.partner.onmschina.cn" })),
  );
  expect(await all(left, "User")).toHaveLength(3);
});

test("a torn last line is no entry, and the next write takes its place", async () => {
  const root = folder();
  const adapter = open(root);
  await made(adapter, "1", create("User/wei", wei()));
  await adapter.close();
  const path = join(root, ".partnerctl/account/account.jsonl");
  const whole = readFileSync(path, "utf8");
  appendFileSync(path, '{"type":"written","at":"20');
  const again = open(root);
  expect(await all(again, "User")).toHaveLength(2);
  await made(
    again,
    "2",
    create("User/li", wei({ userPrincipalName: "li@contoso.partner.onmschina.cn" })),
  );
  const after = readFileSync(path, "utf8");
  expect(after.startsWith(whole)).toBe(true);
  expect(
    after
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).type),
  ).toEqual(["founded", "written", "written"]);
});

test("a damaged line is said, and not skipped", async () => {
  const root = folder();
  mkdirSync(join(root, ".partnerctl/account"), { recursive: true });
  writeFileSync(join(root, ".partnerctl/account/account.jsonl"), "not an entry\n");
  await expect(all(open(root), "User")).rejects.toMatchObject({
    problem: "unavailable",
    message: expect.stringContaining("damaged"),
  });
});

test("a folder that cannot be written says so, and what was decided is forgotten", async () => {
  const root = folder();
  mkdirSync(join(root, ".partnerctl"));
  writeFileSync(join(root, ".partnerctl/account"), "a file where the folder should be");
  const adapter = open(root, { account: ".partnerctl/account/below" });
  await expect(made(adapter, "1", create("User/wei", wei()))).rejects.toMatchObject({
    problem: "unavailable",
  });
  chmodSync(root, 0o755);
});

test("a user's name is taken once, whatever its letters' case, and free again after a removal", async () => {
  const adapter = open(folder());
  const first = await made(adapter, "1", create("User/wei", wei()));
  expect(first).toMatchObject({
    key: "wei@contoso.partner.onmschina.cn",
    spec: { accountEnabled: true, roles: { agent: "none", administrator: "none" } },
  });
  await expect(
    made(
      adapter,
      "2",
      create("User/wei", wei({ userPrincipalName: "WEI@contoso.partner.onmschina.cn" })),
    ),
  ).rejects.toMatchObject({ problem: "conflict" });
  await expect(
    adapter.write(create("User/li", wei({ userPrincipalName: "li@c.cn" })), context("3")),
  ).rejects.toMatchObject({
    problem: "rejected",
  });
  expect(await adapter.write(remove("User/wei", first), context("4"))).toBeUndefined();
  expect(await adapter.write(remove("User/wei", first), context("4"))).toBeUndefined();
  expect(await all(adapter, "User", { id: first.id })).toEqual([]);
  await expect(
    adapter.write(update("User/wei", first, { "/displayName": "W" }), context("5")),
  ).rejects.toMatchObject({
    problem: "missing",
    message: expect.stringContaining("was deleted on"),
  });
  expect((await made(adapter, "6", create("User/wei", wei()))).id).not.toBe(first.id);
});

test("an update leaves the other fields alone, and refuses a reading that has aged", async () => {
  const adapter = open(folder());
  const user = await made(
    adapter,
    "1",
    create("User/wei", wei({ recovery: { alternateEmail: "wei@home.example" } })),
  );
  const next = await adapter.write(
    update("User/wei", user, { "/recovery/mobilePhone": "+86 138" }),
    context("2", { current: user }),
  );
  expect(next).toMatchObject({
    spec: {
      displayName: "Wei",
      recovery: { alternateEmail: "wei@home.example", mobilePhone: "+86 138" },
    },
  });
  await expect(
    adapter.write(
      update("User/wei", user, { "/displayName": "W" }),
      context("3", { current: user }),
    ),
  ).rejects.toMatchObject({
    problem: "conflict",
  });
});

test("a customer's admin credential is handed out once, and is not in the account's file", async () => {
  const root = folder();
  const adapter = open(root);
  const delivered: Credential[] = [];
  const change = create("Customer/fabrikam", fabrikam());
  const customer = await adapter.write(change, context("1", { delivered }));
  expect(await adapter.write(change, context("1", { delivered }))).toEqual(customer);
  expect(delivered).toMatchObject([
    {
      address: "Customer/fabrikam",
      purpose: "customer-admin",
      userName: "admin@fabrikam.partner.onmschina.cn",
      requestId: "1",
    },
  ]);
  expect(delivered[0]?.secret).toMatch(/^.{24}$/);
  expect(readFileSync(join(root, ".partnerctl/account/account.jsonl"), "utf8")).not.toContain(
    delivered[0]?.secret,
  );
  await expect(
    adapter.write(
      create("Customer/other", fabrikam("FABRIKAM.partner.onmschina.cn")),
      context("2"),
    ),
  ).rejects.toMatchObject({
    problem: "conflict",
  });
  if (!customer) throw new Error("no customer");
  await expect(
    adapter.write(remove("Customer/fabrikam", customer), context("3")),
  ).rejects.toMatchObject({
    problem: "rejected",
  });
  await expect(
    adapter.write(update("Customer/fabrikam", customer, { "/domain": "b.cn" }), context("4")),
  ).rejects.toMatchObject({
    problem: "rejected",
  });
});

test("fixed fields of the profile are refused", async () => {
  const adapter = open(folder());
  const [profile] = await all(adapter, "PartnerProfile");
  if (!profile) throw new Error("an empty account");
  await expect(
    adapter.write(
      update("PartnerProfile", profile, { "/legalBusiness/companyName": "X" }),
      context("1"),
    ),
  ).rejects.toMatchObject({ problem: "rejected" });
  await expect(
    adapter.write(
      update("PartnerProfile", profile, { "/billing/address/country": "US" }),
      context("2"),
    ),
  ).rejects.toMatchObject({
    problem: "rejected",
  });
  expect(
    await adapter.write(
      update("PartnerProfile", profile, { "/support/telephone": "1" }),
      context("3"),
    ),
  ).toMatchObject({
    spec: { support: { telephone: "1", email: "support@contoso.example" } },
  });
});

test("an order sent twice is two orders; an update sent twice is one", async () => {
  const adapter = open(folder());
  const live = await customerOf(adapter);
  const first = await order(adapter, live, "e3", { offer: offers.e3 });
  expect((await order(adapter, live, "e3", { offer: offers.e3 })).id).not.toBe(first.id);
  const more = update("Subscription/fabrikam/e3", first, { "/quantity": 9 });
  const second = await adapter.write(more, context("u", { current: first }));
  expect(await adapter.write(more, context("u", { current: first }))).toEqual(second);
});

test("a removed subscription is suspended: it can be active again", async () => {
  const adapter = open(folder());
  const live = await customerOf(adapter);
  const first = await order(adapter, live, "e3", { offer: offers.e3 });
  expect(
    await adapter.write(remove("Subscription/fabrikam/e3", first), context("1")),
  ).toBeUndefined();
  expect(await all(adapter, "Subscription")).toMatchObject([
    { id: first.id, spec: { status: "suspended" } },
  ]);
  const back = update("Subscription/fabrikam/e3", first, { "/quantity": 9, "/status": "active" });
  expect(await adapter.write(back, context("3"))).toMatchObject({
    spec: { status: "active", quantity: 9 },
  });
  await expect(
    adapter.write(
      update("Subscription/fabrikam/e3", first, { "/billingCycle": "annual" }),
      context("4"),
    ),
  ).rejects.toMatchObject({ problem: "rejected" });
});

test("an upgrade leads to a new id, and not while pending", async () => {
  const adapter = open(folder());
  const live = await customerOf(adapter);
  const first = await order(adapter, live, "business", { offer: offers.business });
  const to = (offer: string) =>
    upgrade("Subscription/fabrikam/business", first, { offer, quantity: 7 });
  const second = await adapter.write(to(offers.e3), context("2"));
  expect(second).toMatchObject({
    spec: { offer: offers.e3, quantity: 7, customer: first.parentId, friendlyName: "business" },
  });
  expect(second?.id).not.toBe(first.id);
  expect((await all(adapter, "Subscription")).map(({ id }) => id)).toEqual([second?.id]);
  await expect(adapter.write(to(offers.e3), context("2"))).rejects.toMatchObject({
    problem: "missing",
  });
  const slow = open(folder(), { simulate: { pending: 60 } });
  const pending = await order(slow, await customerOf(slow), "business", { offer: offers.business });
  expect(pending).toMatchObject({ spec: { status: "active" } });
  await expect(
    slow.write(
      upgrade("Subscription/fabrikam/business", pending, { offer: offers.e3 }),
      context("3"),
    ),
  ).rejects.toMatchObject({
    message: expect.stringContaining("not provisioned"),
  });
});
