import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refreshToken } from "../../../src/adapters/partner-center/sign-in/refresh-token.ts";
import { type Adapter, AdapterError } from "../../../src/model/adapter.ts";
import { isSpec, type Json, type Spec } from "../../../src/model/values/json.ts";
import type { Invoice } from "../../../src/model/billing/invoice.ts";
import type { Observed } from "../../../src/model/observed.ts";
import type { OrderProposal } from "../../../src/model/plan/order-proposal.ts";
import type { Change } from "../../../src/model/plan/plan.ts";
import { valueAt } from "../../../src/model/values/pointer.ts";
import { context, create, credential, folder, remove, update, upgrade } from "../changes.ts";
import { not21Vianet, reasonFor, summary } from "../../emulator/not-21vianet.ts";
import { type Answer, type Got, open, type Server, serve, tokenReply } from "./server.ts";

const examples = join(import.meta.dirname, "../../emulator/examples");
const never = new AbortController().signal;
const ids = {
  fabrikam: "04f0bc85-36ce-5498-a3ee-81e8cca2f716",
  tailspin: "028013e8-023f-545a-9d47-f6f12656129e",
  office: "97b75a1f-70ea-542e-a916-a7ab718bd401",
  chen: "5408fe94-635e-53e8-8bf1-cd958206637e",
  e3: "5FA4F213-638C-5693-ADE5-924129D90D90",
  archiving: "824061A3-DF58-53EC-9B59-2509B0EA06E8",
};

interface Envelope {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
}

const used = new Set<string>();

function envelope(name: string): Envelope {
  used.add(`${name}.json`);
  return JSON.parse(readFileSync(join(examples, `${name}.json`), "utf8"));
}

/**
 * The documented answers, by method and path (letters' case aside); a list is given out one after
 * the other.
 */
type Script = Readonly<Record<string, string | readonly string[] | Answer>>;

async function replaying(
  script: Script,
  act: (adapter: Adapter, server: Server) => Promise<void>,
  more: Spec = {},
): Promise<readonly Got[]> {
  const turns = new Map<string, number>();
  const answers = new Map(Object.entries(script).map(([at, answer]) => [at.toLowerCase(), answer]));
  const server = await serve(({ method, path }) => {
    const at = `${method} ${decodeURIComponent(path)}`.toLowerCase();
    const answer = answers.get(at) ?? answers.get(at.split("?", 1)[0] ?? "");
    if (answer === undefined)
      return { status: 500, body: { code: 1, description: `nobody expected ${at}` } };
    if (typeof answer !== "string" && !Array.isArray(answer)) return answer as Answer;
    const turn = turns.get(at) ?? 0;
    turns.set(at, turn + 1);
    const list = [answer].flat() as readonly string[];
    return answerOf(envelope(list[Math.min(turn, list.length - 1)] ?? ""));
  });
  const adapter = open(server.url, folder(), {
    retry: { attempts: 1 },
    validateAddresses: false,
    ...more,
  });
  try {
    await act(adapter, server);
  } finally {
    await adapter.close();
    await server.close();
  }
  return server.got;
}

function answerOf({ status, headers, body }: Envelope): Answer {
  const { "Content-Length": _, ...rest } = headers;
  return {
    status,
    headers: rest,
    ...(body !== undefined && { text: `\uFEFF${JSON.stringify(body)}` }),
  };
}

/** Server-owned and empty fields aside, names as responses spell them, and GUIDs in one case. */
function shape(body: Json | undefined): Json | undefined {
  if (typeof body === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(body))
    return body.toLowerCase();
  if (Array.isArray(body)) return body.map((one: Json) => shape(one) ?? null);
  if (!isSpec(body)) return body;
  const entries = Object.entries(body).filter(
    ([name, value]) => value !== null && name !== "links",
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [
      (name[0] ?? "").toLowerCase() + name.slice(1),
      shape(value) ?? null,
    ]),
  );
}

function demand(got: Got | undefined, example: string, host = ""): void {
  const { method, path, headers, body } = envelope(example);
  if (!got) throw new Error(`nothing was sent like ${example}`);
  const plain = (at: string) => decodeURIComponent(at).toLowerCase();
  expect(`${got.method} ${plain(got.path)}`).toBe(`${method} ${plain(path)}`);
  for (const name of ["If-Match", "MS-ContinuationToken", "Content-Type", "Accept", "X-Locale"])
    expect([name, got.headers[name.toLowerCase()]]).toEqual([name, headers[name]]);
  for (const name of ["MS-RequestId", "MS-CorrelationId"])
    expect([name, got.headers[name.toLowerCase()] !== undefined]).toEqual([
      name,
      headers[name] !== undefined,
    ]);
  const sent = JSON.parse(
    JSON.stringify(got.body ?? null).replaceAll(
      host || "http://none",
      "https://microsoftgraph.chinacloudapi.cn",
    ),
  );
  expect(shape(sent)).toEqual(shape(body ?? null));
}

async function all(
  adapter: Adapter,
  kind: string,
  query: { parentId?: string; id?: string } = {},
): Promise<readonly Observed[]> {
  const items: Observed[] = [];
  for await (const item of adapter.read({ kind, ...query }, never)) items.push(item);
  return items;
}

async function collected<T>(items: AsyncIterable<T> | undefined): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items ?? []) found.push(item);
  return found;
}

const subscriptionPath = `/v1/customers/${ids.fabrikam}/subscriptions/${ids.office}`;

function office(etag?: string): Observed {
  const spec = {
    customer: ids.fabrikam,
    offer: ids.e3,
    quantity: 10,
    friendlyName: "fabrikam-e3",
    status: "active",
  };
  return {
    kind: "Subscription",
    id: ids.office,
    key: "fabrikam-e3",
    spec,
    parentId: ids.fabrikam,
    ...(etag !== undefined && { etag }),
  };
}

const chenSpec = {
  userPrincipalName: "chen.jie@contosopartner.partner.onmschina.cn",
  displayName: "Chen Jie",
  givenName: "Jie",
  surname: "Chen",
  usageLocation: "CN",
};
const chen: Observed = {
  kind: "User",
  id: ids.chen,
  key: chenSpec.userPrincipalName,
  spec: chenSpec,
};

test("profiles are read from four places and replaced whole", async () => {
  const sections = ["legalbusiness", "billing", "organization", "support"];
  const script = Object.fromEntries(
    sections.flatMap((section) => [
      [`GET /v1/profiles/${section}`, `profiles.${section}.get.response`],
      [`PUT /v1/profiles/${section}`, `profiles.${section}.update.response`],
    ]),
  );
  const patch = {
    "/legalBusiness/primaryContact/phoneNumber": "02155550111",
    "/billing/purchaseOrderNumber": "9999",
    "/organization/address/phoneNumber": "02155550103",
    "/support/telephone": "4005550199",
  };
  const got = await replaying(script, async (adapter) => {
    const [profile] = await all(adapter, "PartnerProfile");
    if (!profile) throw new Error("no profile");
    expect(profile.spec).toMatchObject({
      support: { website: "https://www.contoso.example" },
      organization: { address: { state: "SH" } },
    });
    const after = await adapter.write(
      update("PartnerProfile", profile, patch),
      context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { current: profile }),
    );
    for (const [pointer, value] of Object.entries(patch))
      expect([pointer, valueAt(after?.spec, pointer)]).toEqual([pointer, value]);
  });
  const find = (method: string, section: string) =>
    got.find((one) => one.method === method && one.path.startsWith(`/v1/profiles/${section}`));
  for (const section of sections) {
    demand(find("GET", section), `profiles.${section}.get.request`);
    demand(find("PUT", section), `profiles.${section}.update.request`);
  }
});

test("customers are listed page by page, and each is read for its billing profile", async () => {
  const detail = (id: string) => ({
    status: 200,
    body: { id, companyProfile: { domain: `${id}.example` } },
  });
  const script: Script = {
    "GET /v1/customers?size=2": "customers.list.response",
    "GET /v1/customers?size=2&seekOperation=Next": "customers.list.next.response",
    [`GET /v1/customers/${ids.fabrikam}`]: "customers.get.response",
    [`GET /v1/customers/${ids.tailspin}`]: detail(ids.tailspin),
    "GET /v1/customers/812e6a63-e097-5eff-9086-1fd7fb85c547": detail(
      "812e6a63-e097-5eff-9086-1fd7fb85c547",
    ),
  };
  const got = await replaying(
    script,
    async (adapter) => {
      const found = await all(adapter, "Customer");
      expect(found.map(({ id }) => id)).toEqual([
        ids.fabrikam,
        ids.tailspin,
        "812e6a63-e097-5eff-9086-1fd7fb85c547",
      ]);
      expect(found[0]).toMatchObject({
        key: "fabrikam.partner.onmschina.cn",
        etag: "5920358838484612121",
        spec: { billing: { language: "zh-CHS", address: { state: "BJ" } } },
      });
    },
    { pageSize: { customers: 2 } },
  );
  demand(got[0], "customers.list.request");
  demand(
    got.find(({ path }) => path.includes("seekOperation")),
    "customers.list.next.request",
  );
  demand(
    got.find(({ path }) => path.endsWith(ids.fabrikam)),
    "customers.get.request",
  );
});

test("a customer is looked for by the domain", async () => {
  const got = await replaying(
    { "GET /v1/customers": "customers.search.response" },
    async (adapter) => {
      const found: Observed[] = [];
      const only = { ids: [], keys: ["fabrikam"] };
      for await (const one of adapter.read({ kind: "Customer", only, whole: () => false }, never))
        found.push(one);
      expect(found).toMatchObject([{ id: ids.fabrikam, key: "fabrikam.partner.onmschina.cn" }]);
    },
  );
  expect(got).toHaveLength(1);
  demand(got[0], "customers.search.request");
});

test("a customer is created, and its one-time credential is delivered", async () => {
  const { billingProfile } = envelope("customers.create.request").body as {
    readonly billingProfile: Spec;
  };
  const { defaultAddress, ...billing } = billingProfile;
  const desired = {
    domain: "fabrikam.partner.onmschina.cn",
    billing: { ...billing, address: defaultAddress ?? {} },
  };
  const delivered: (typeof credential)[] = [];
  const got = await replaying(
    { "POST /v1/customers": "customers.create.response" },
    async (adapter) => {
      const made = await adapter.write(
        create("Customer/fabrikam", desired),
        context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { delivered }),
      );
      expect(made).toMatchObject({ id: ids.fabrikam, key: desired.domain });
    },
  );
  expect(delivered).toMatchObject([
    {
      userName: "admin@fabrikam.partner.onmschina.cn",
      secret: "<one-time-password>",
      purpose: "customer-admin",
    },
  ]);
  demand(got[0], "customers.create.request");
  expect(got[0]?.headers["ms-requestid"]).toBe("f122c64f-20e3-5b79-9638-d798e80c2c1d");
});

test("a customer's address is validated before, and a taken domain is a conflict", async () => {
  const address = {
    addressLine1: "No. 1 Sample Road, Pudong",
    city: "Shanghai",
    state: "SH",
    postalCode: "200120",
    country: "CN",
  };
  const change = create("Customer/fabrikam", {
    domain: "fabrikam.partner.onmschina.cn",
    billing: { address },
  });
  const write = (script: Script, more: Spec = {}) => {
    let problem = "";
    const got = replaying(
      script,
      async (adapter) => {
        problem = await adapter.write(change, context("f122c64f-20e3-5b79-9638-d798e80c2c1d")).then(
          () => "done",
          (error) => `${error.problem}: ${error.message}`,
        );
      },
      { validateAddresses: true, ...more },
    );
    return got.then((all) => ({ got: all, problem }));
  };
  const invalid = await write({
    "POST /v1/validations/address": "validation.address.invalid.response",
  });
  demand(invalid.got[0], "validation.address.request");
  expect(invalid.problem).toBe(
    "rejected: POST /v1/validations/address: StateInvalid - sample reason text (400/2007).",
  );
  expect(invalid.got).toHaveLength(1);
  const refused = { status: 409, body: { code: 1, description: "no" } };
  const domain = "/v1/domains/fabrikam.partner.onmschina.cn";
  const taken = await write({
    "POST /v1/validations/address": "validation.address.valid.response",
    "POST /v1/customers": refused,
    [`HEAD ${domain}`]: "customers.domain-check.taken.response",
  });
  demand(taken.got[2], "customers.domain-check.request");
  expect(taken.problem).toContain(
    "conflict: Customer/fabrikam: the domain fabrikam.partner.onmschina.cn is taken.",
  );
  const free = await write({
    "POST /v1/validations/address": "validation.address.valid.response",
    "POST /v1/customers": { ...refused, status: 400 },
    [`HEAD ${domain}`]: "customers.domain-check.available.response",
  });
  expect(free.problem).toBe("rejected: POST /v1/customers: no (400/1).");
});

test("a billing profile is replaced whole, under its ETag", async () => {
  const path = `/v1/customers/${ids.fabrikam}/profiles/billing`;
  const before = (envelope("customers.create.response").body as { readonly billingProfile: Json })
    .billingProfile;
  const script: Script = {
    [`GET ${path}`]: { status: 200, body: before },
    [`PUT ${path}`]: "customers.billing.update.response",
    [`GET /v1/customers/${ids.fabrikam}`]: "customers.get.response",
  };
  const got = await replaying(script, async (adapter) => {
    const [found] = await all(adapter, "Customer", { id: ids.fabrikam });
    if (!found) throw new Error("no customer");
    const after = await adapter.write(
      update("Customer/fabrikam", found, { "/billing/email": "billing@fabrikam.example" }),
      context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { current: found }),
    );
    expect(after).toMatchObject({
      etag: "5920358838484612122",
      spec: { billing: { email: "billing@fabrikam.example" } },
    });
  });
  demand(
    got.find(({ method }) => method === "PUT"),
    "customers.billing.update.request",
  );
});

test.each([
  ["is done where it is as it was wanted", "CONTOSO", undefined],
  ["is a conflict where it is not", "of somebody else", "conflict"],
] as const)(
  "a billing profile whose first reply was lost and whose ETag is stale now %s",
  async (_, number, problem) => {
    const before = envelope("profiles.billing.get.response").body as Spec;
    let tries = 0;
    const server = await serve(({ method, path }) => {
      if (method === "PUT") tries += 1;
      if (method === "PUT")
        return tries === 1
          ? undefined
          : answerOf(envelope("subscriptions.patch.error.stale-etag.response"));
      if (path === "/v1/profiles/billing")
        return {
          status: 200,
          body: tries === 0 ? before : { ...before, purchaseOrderNumber: number },
        };
      return { status: 200, body: {} };
    });
    const adapter = open(server.url, folder());
    const [profile] = await all(adapter, "PartnerProfile");
    if (!profile) throw new Error("no profile");
    const change = update("PartnerProfile", profile, { "/billing/purchaseOrderNumber": "CONTOSO" });
    const outcome = await adapter
      .write(change, context("r", { current: profile }))
      .catch((error: unknown) => error);
    expect(tries).toBe(2);
    if (problem === undefined)
      expect(outcome).toMatchObject({ spec: { billing: { purchaseOrderNumber: "CONTOSO" } } });
    else expect(outcome).toMatchObject({ problem });
    await adapter.close();
    await server.close();
  },
);

test("subscriptions are listed and read, the offer taken from the link where it is missing", async () => {
  const list = `/v1/customers/${ids.fabrikam}/subscriptions`;
  const got = await replaying(
    {
      [`GET ${list}`]: "subscriptions.list.response",
      [`GET ${subscriptionPath}`]: "subscriptions.get.response",
    },
    async (adapter) => {
      const found = await all(adapter, "Subscription", { parentId: ids.fabrikam });
      expect(found).toMatchObject([
        {
          id: ids.office,
          key: "fabrikam-e3",
          parentId: ids.fabrikam,
          handle: { orderId: "1affcb6c-fa92-5b44-8316-d50946066c47" },
          spec: { offer: ids.e3, quantity: 10, status: "active", billingCycle: "monthly" },
        },
        { spec: { addOnOf: ids.office, offer: ids.archiving } },
      ]);
      expect(
        await all(adapter, "Subscription", { parentId: ids.fabrikam, id: ids.office }),
      ).toEqual([found[0]]);
    },
  );
  demand(got[0], "subscriptions.list.request");
  demand(got[1], "subscriptions.get.request");
  const {
    offerId: _,
    offerName: __,
    ...bare
  } = envelope("subscriptions.get.response").body as Spec;
  await replaying(
    { [`GET ${list}`]: { status: 200, body: { totalCount: 1, items: [bare] } } },
    async (adapter) =>
      expect((await all(adapter, "Subscription", { parentId: ids.fabrikam }))[0]?.spec.offer).toBe(
        ids.e3,
      ),
  );
});

const etag1 = "eyJpZCI6InNhbXBsZS1zdWIiLCJ2ZXJzaW9uIjoxfQ==";
const patches: readonly (readonly [string, Change, Script])[] = [
  [
    "subscriptions.patch.quantity.request",
    update("Subscription/fabrikam/office", office(), { "/quantity": 15 }),
    { [`PATCH ${subscriptionPath}`]: "subscriptions.patch.quantity.response" },
  ],
  [
    "subscriptions.patch.friendlyname.request",
    update("Subscription/fabrikam/office", office(), { "/friendlyName": "fabrikam-e3-hq" }),
    { [`PATCH ${subscriptionPath}`]: { status: 200, body: { id: ids.office } } },
  ],
  [
    "subscriptions.patch.suspend.request",
    remove("Subscription/fabrikam/office", office()),
    { [`PATCH ${subscriptionPath}`]: "subscriptions.patch.suspend.response" },
  ],
  [
    "subscriptions.patch.reactivate.request",
    update("Subscription/fabrikam/office", office(), { "/status": "active" }),
    {
      [`GET ${subscriptionPath}`]: "subscriptions.patch.suspend.response",
      [`PATCH ${subscriptionPath}`]: { status: 200, body: { id: ids.office } },
    },
  ],
];

test.each(patches)("%s", async (example, change, script) => {
  const got = await replaying(
    { [`GET ${subscriptionPath}`]: "subscriptions.get.response", ...script },
    async (adapter) => {
      await adapter.write(
        change,
        context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { current: office() }),
      );
    },
  );
  const sent = got.filter(({ method }) => method === "PATCH");
  expect(sent).toHaveLength(1);
  const reasons = { suspensionReasons: undefined };
  demand(
    sent[0] && {
      ...sent[0],
      body: JSON.parse(JSON.stringify({ ...(sent[0].body as Spec), ...reasons })),
    },
    example,
  );
});

test("an accepted change is waited for, and a change of everything goes in the order the service demands", async () => {
  let state: Spec = {
    ...(envelope("subscriptions.get.response").body as Spec),
    status: "suspended",
  };
  let behind: Spec = state;
  const server = await serve(({ method, body }) => {
    if (method === "PATCH") {
      state = { ...(body as Spec) };
      return answerOf(envelope("subscriptions.patch.accepted.response"));
    }
    const shown = behind;
    behind = state;
    return { status: 200, body: shown };
  });
  const adapter = open(server.url, folder());
  const old = { ...office(), spec: { ...office().spec, status: "suspended" } };
  const change = update("Subscription/fabrikam/office", old, {
    "/friendlyName": "new",
    "/quantity": 20,
    "/status": "active",
    "/partnerIdOnRecord": "1234567",
  });
  const after = await adapter.write(
    change,
    context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { current: old }),
  );
  expect(after?.spec).toMatchObject({
    quantity: 20,
    friendlyName: "new",
    status: "active",
    partnerIdOnRecord: "1234567",
  });
  const sent = server.got
    .filter(({ method }) => method === "PATCH")
    .map(({ body }) => body as Spec);
  expect(
    sent.map(
      ({ status, quantity, friendlyName, partnerId = "" }) =>
        `${status} ${quantity} ${friendlyName} ${partnerId}`,
    ),
  ).toEqual([
    "active 10 fabrikam-e3 ",
    "active 20 fabrikam-e3 ",
    "active 20 new ",
    "active 20 new 1234567",
  ]);
  await adapter.close();
  await server.close();
});

test.each([
  ["subscriptions.patch.error.stale-etag.response", "conflict"],
  ["subscriptions.patch.error.quantity-out-of-range.response", "rejected"],
  ["subscriptions.patch.error.quantity-while-suspended.response", "rejected"],
  ["subscriptions.patch.error.billing-cycle.response", "rejected"],
  ["errors.not-found.subscription.response", "missing"],
  ["errors.no-relationship.response", "denied"],
  ["errors.throttled.response", "throttled"],
  ["orders.create.in-progress.response", "conflict"],
  ["errors.app-only-refused.response", "denied"],
  ["errors.item-unavailable-200.response", "rejected"],
  ["subscriptions.patch.error.not-ready.response", "rejected"],
])("%s is %s", async (example, problem) => {
  const script: Script = {
    [`GET ${subscriptionPath}`]: "subscriptions.get.response",
    [`PATCH ${subscriptionPath}`]: example,
  };
  await replaying(
    script,
    async (adapter) => {
      const change = update("Subscription/fabrikam/office", office(), { "/quantity": 15 });
      const error: unknown = await adapter
        .write(change, context("r", { current: office(etag1) }))
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AdapterError);
      expect((error as AdapterError).problem).toBe(problem);
    },
    { retry: { attempts: 1, longestSeconds: 0 }, poll: { longestSeconds: 0 } },
  );
});

test("orders and add-ons", async () => {
  const orders = `/v1/customers/${ids.fabrikam}/orders`;
  const order = `${orders}/1affcb6c-fa92-5b44-8316-d50946066c47`;
  const live = {
    "Customer/fabrikam": { kind: "Customer", id: ids.fabrikam, key: "fabrikam", spec: {} },
  };
  const got = await replaying(
    {
      [`POST ${orders}`]: "orders.create.response",
      [`GET ${order}/provisioningstatus`]: "orders.provisioningstatus.get.response",
      [`PATCH ${order}`]: "orders.addon.response",
    },
    async (adapter) => {
      const desired = {
        customer: "fabrikam",
        offer: ids.e3,
        quantity: 10,
        billingCycle: "monthly",
        friendlyName: "fabrikam-e3",
        status: "active",
      };
      const base = await adapter.write(
        create("Subscription/fabrikam/office", desired, "Customer/fabrikam"),
        context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { live }),
      );
      if (!base) throw new Error("no base");
      expect(base).toMatchObject({
        id: ids.office,
        parentId: ids.fabrikam,
        handle: { orderId: "1affcb6c-fa92-5b44-8316-d50946066c47" },
      });
      const { billingCycle: _, ...addOn } = {
        ...desired,
        offer: ids.archiving,
        quantity: 5,
        friendlyName: "fabrikam-archiving",
        addOnOf: "office",
      };
      const made = await adapter.write(
        create("Subscription/fabrikam/archiving", addOn, "Customer/fabrikam"),
        context("r", { live: { ...live, "Subscription/fabrikam/office": base } }),
      );
      expect(made).toMatchObject({
        id: "d8536994-bb05-5d21-b26c-36522d7797f8",
        spec: { addOnOf: ids.office, quantity: 5 },
      });
    },
  );
  demand(got[0], "orders.create.request");
  demand(got[1], "orders.provisioningstatus.get.request");
  demand(got[2], "orders.addon.request");
});

test("an order by a cart, and the cart of an add-on that is gone when it is checked out", async () => {
  const customer = `/v1/customers/${ids.fabrikam}`;
  const order = `${customer}/orders/f0c6b53f-19ec-5030-9ebf-fbd41d71a821`;
  const cart = (id: string) => `${customer}/carts/${id}`;
  const [first, second] = [
    "0625fac2-6818-5777-92f7-b1f027af9cf2",
    "1c39b874-5937-55e3-9bcd-d04ea5ca9839",
  ];
  const live = {
    "Customer/fabrikam": { kind: "Customer", id: ids.fabrikam, key: "fabrikam", spec: {} },
    "Subscription/fabrikam/office": { ...office(), id: ids.office.toUpperCase() },
  };
  const proposed: OrderProposal[] = [];
  const proposing = (requestId: string) =>
    context(requestId, { live, propose: async (one) => void proposed.push(one) });
  const script: Script = {
    [`POST ${customer}/carts`]: ["carts.create.response", "carts.legacy-addon.create.response"],
    [`POST ${cart(first)}/checkout`]: "carts.checkout.response",
    [`GET ${order}/provisioningstatus`]: "orders.provisioningstatus.get.response",
    [`POST ${cart(second)}/checkout`]: "carts.error.not-found.response",
    [`GET ${cart(second)}`]: "carts.error.not-found.response",
  };
  const got = await replaying(
    script,
    async (adapter) => {
      const exchange = {
        ...{ customer: "fabrikam", offer: "B0C6D2D1-E595-51BC-91F9-C8C093592C1C", quantity: 3 },
        ...{ billingCycle: "monthly", friendlyName: "fabrikam-exo", status: "active" },
      };
      const made = await adapter.write(
        create("Subscription/fabrikam/exchange", exchange, "Customer/fabrikam"),
        proposing("one"),
      );
      expect(made).toMatchObject({ id: "942734fa-642e-5a21-abce-04905c1cbdf2" });
      const archiving = {
        ...{ customer: "fabrikam", offer: ids.archiving, quantity: 5, billingCycle: "monthly" },
        ...{ addOnOf: "office", status: "active" },
      };
      const gone = adapter.write(
        create("Subscription/fabrikam/archiving", archiving, "Customer/fabrikam"),
        proposing("two"),
      );
      await expect(gone).rejects.toMatchObject({ problem: "missing" });
      const asked = { kind: "Subscription", id: second, parentId: ids.fabrikam };
      expect(await adapter.proposal?.(asked, never)).toBe("unknown");
    },
    { orders: "cart" },
  );
  expect(proposed).toEqual([
    { id: first, currency: "CNY" },
    { id: second, currency: "CNY" },
  ]);
  demand(got[0], "carts.create.request");
  demand(got[1], "carts.checkout.request");
  demand(got[3], "carts.legacy-addon.create.request");
});

test("invoices are listed, and their lines and the balance are read", async () => {
  const lines = "/v1/invoices/D0200SAM07/lineitems?invoicelineitemtype=billinglineitems";
  const got = await replaying(
    {
      "GET /v1/invoices": "invoices.list.response",
      [`GET ${lines}&provider=office&size=2000&offset=0`]: "invoices.lineitems.office.response",
      "GET /v1/invoices/summary": "invoices.summary.response",
    },
    async ({ invoices }) => {
      const listed = await collected(invoices?.list(never));
      expect(listed.map(({ id, total, forms }) => [id, total, forms])).toEqual([
        ["D0200SAM06", "1790.34", ["license"]],
        ["D0200SAM07", "2850.34", ["license"]],
      ]);
      const latest = listed[1] as Invoice;
      expect(await collected(invoices?.lines(latest, never))).toMatchObject([
        { chargeType: "Cycle instance prorate", quantity: 5, amount: "250.00", total: "265.00" },
        { chargeType: "Cycle fee", quantity: 15, amount: "2250.00", total: "2385.00" },
      ]);
      expect(await collected(invoices?.balances(never))).toEqual([
        {
          ...{ amount: "2850.34", currency: "CNY", latestInvoice: "2024-07-15" },
          lastPayment: { date: "2024-06-28", amount: "1790.34" },
        },
      ]);
    },
    { secrets: { clientSecret: "canary-client-secret" } },
  );
  demand(got[0], "invoices.list.request");
});

test("an upgrade is chosen from the service's list, and errors in a reply of success are errors", async () => {
  const source = "e3fd217f-ff28-50ef-a16a-c1100c434362";
  const at = `/v1/customers/${ids.tailspin}/subscriptions`;
  const small: Observed = {
    kind: "Subscription",
    id: source,
    key: "small",
    spec: { customer: ids.tailspin },
    parentId: ids.tailspin,
  };
  const body = (id: string) => ({
    status: 200,
    body: { id, friendlyName: "small", status: "active", quantity: 20, offerId: ids.e3 },
  });
  const script: Script = {
    [`GET ${at}/${source}`]: body(source),
    [`GET ${at}/${source}/upgrades`]: "subscriptions.upgrades.list.response",
    [`POST ${at}/${source}/upgrades`]: "subscriptions.upgrades.create.response",
    [`GET ${at}/D5727AB0-97FF-5925-A93E-5F50E6316683`]: body(
      "D5727AB0-97FF-5925-A93E-5F50E6316683",
    ),
  };
  const change = upgrade("Subscription/tailspin/small", small, {
    customer: "tailspin",
    offer: ids.e3,
  });
  const got = await replaying(script, async (adapter) => {
    const after = await adapter.write(
      change,
      context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { current: small }),
    );
    expect(after).toMatchObject({ id: "d5727ab0-97ff-5925-a93e-5f50e6316683", key: "small" });
  });
  demand(
    got.find(({ method, path }) => method === "GET" && path.endsWith("upgrades")),
    "subscriptions.upgrades.list.request",
  );
  demand(
    got.find(({ method }) => method === "POST"),
    "subscriptions.upgrades.create.request",
  );
  const failed = {
    status: 200,
    body: {
      sourceSubscriptionId: source,
      upgradeErrors: [{ code: 6 }],
      licenseErrors: [{ code: "other", description: "no licence" }],
    },
  };
  await replaying({ ...script, [`POST ${at}/${source}/upgrades`]: failed }, (adapter) =>
    expect(adapter.write(change, context("r", { current: small }))).rejects.toMatchObject({
      problem: "rejected",
      message: expect.stringContaining("it has add-ons; no licence"),
    }),
  );
  const made = "D5727AB0-97FF-5925-A93E-5F50E6316683";
  const inDoubt = [
    { ...failed.body, targetSubscriptionId: made },
    { ...failed.body, upgradeErrors: [] },
    { sourceSubscriptionId: source, upgradeErrors: [], licenseErrors: [] },
  ];
  for (const body of inDoubt)
    await replaying(
      { ...script, [`POST ${at}/${source}/upgrades`]: { status: 200, body } },
      (adapter) =>
        expect(adapter.write(change, context("r", { current: small }))).rejects.toMatchObject({
          problem: "unknown-outcome",
        }),
    );
});

test("users are made, changed and removed in the directory", async () => {
  const {
    passwordProfile: _,
    mailNickname: __,
    ...desired
  } = envelope("users.create.request").body as Spec;
  const path = `/v1.0/users/${ids.chen}`;
  const script: Script = {
    "POST /v1.0/users": "users.create.response",
    [`GET ${path}`]: { status: 200, body: { id: ids.chen, ...chenSpec } },
    [`PATCH ${path}`]: "users.update.response",
    [`DELETE ${path}`]: "users.delete.response",
  };
  const got = await replaying(script, async (adapter) => {
    const made = await adapter.write(
      create("User/chen", desired),
      context("r", { credential: { ...credential, secret: "<temporary-password>" } }),
    );
    expect(made).toMatchObject({
      id: ids.chen,
      key: chen.key,
      spec: { ...chenSpec, roles: { agent: [], administrator: "none" } },
    });
    await adapter.write(
      update("User/chen", chen, { "/displayName": "Chen Jie (Sales)" }),
      context("r", { current: chen }),
    );
    expect(
      await adapter.write(remove("User/chen", chen), context("r", { current: chen })),
    ).toBeUndefined();
  });
  const find = (method: string) => got.find((one) => one.method === method);
  demand(find("POST"), "users.create.request");
  demand(find("PATCH"), "users.update.request");
  demand(find("DELETE"), "users.delete.request");
});

const groups = (name: string) =>
  `GET /v1.0/groups?$filter=displayName eq '${name}'&$select=id,displayName,securityEnabled`;
const roleMembers =
  "/v1.0/directoryRoles/roleTemplateId=b0f54661-2d74-4c50-afa3-1ec803f12efe/members";
const groupMembers = "/v1.0/groups/709533d4-4188-5440-8604-3921133077b1/members";

test("roles are read from groups and directory roles, and from one user's memberships", async () => {
  const none = { status: 200, body: { value: [] } };
  const { "@odata.nextLink": _, ...users } = envelope("users.list.response").body as Spec;
  const script: Script = {
    [groups("AdminAgents")]: "roles.agentgroup.find.response",
    [groups("SalesAgents")]: none,
    [groups("HelpdeskAgents")]: none,
    "GET /v1.0/directoryRoles": "roles.directoryroles.list.response",
    [`GET ${groupMembers}`]: "roles.agentgroup.members.list.response",
    "GET /v1.0/directoryRoles/roleTemplateId=62e90394-69f5-4237-9190-012177145e10/members": none,
    "GET /v1.0/users": { status: 200, body: users },
    [`GET /v1.0/users/${ids.chen}`]: {
      status: 200,
      body: (users.value as readonly Json[])[0] ?? null,
    },
    [`GET /v1.0/users/${ids.chen}/memberOf`]: "users.memberof.list.response",
  };
  const got = await replaying(script, async (adapter) => {
    expect(await all(adapter, "User")).toMatchObject([
      { id: ids.chen, key: chen.key, spec: { roles: { agent: ["admin"], administrator: "none" } } },
    ]);
    expect(await all(adapter, "User", { id: ids.chen })).toMatchObject([
      { spec: { roles: { agent: ["admin"], administrator: "billing" } } },
    ]);
  });
  const find = (start: string) =>
    got.find(({ path }) => decodeURIComponent(path).startsWith(start));
  demand(
    find("/v1.0/groups?$filter=displayName eq 'AdminAgents'"),
    "roles.agentgroup.find.request",
  );
  demand(find(groupMembers), "roles.agentgroup.members.list.request");
  demand(
    got.find(({ path }) => path === "/v1.0/directoryRoles"),
    "roles.directoryroles.list.request",
  );
  demand(find(`/v1.0/users/${ids.chen}/memberOf`), "users.memberof.list.request");
  expect(find("/v1.0/users?")?.path).toContain(
    "$select=id,userPrincipalName,displayName,givenName,surname,accountEnabled,usageLocation,mailNickname",
  );
});

test("a role is given before another is taken, activated where it has to be, and taking one never deletes the user", async () => {
  const roles = (has: readonly Json[]) => ({ status: 200, body: { value: has } });
  const admin = {
    "@odata.type": "#microsoft.graph.group",
    id: "709533d4-4188-5440-8604-3921133077b1",
    displayName: "AdminAgents",
  };
  const was: Observed = {
    ...chen,
    spec: { ...chenSpec, roles: { agent: ["admin"], administrator: "none" } },
  };
  let activated = false;
  let host = "";
  const notActivated = {
    status: 404,
    body: { error: { code: "Request_ResourceNotFound", message: "Not found" } },
  };
  const server = await serve(({ method, path }) => {
    const at = `${method} ${decodeURIComponent(path).split("?", 1)[0]}`;
    if (at === `GET /v1.0/users/${ids.chen}`)
      return { status: 200, body: { id: ids.chen, ...chenSpec } };
    if (at === `GET /v1.0/users/${ids.chen}/memberOf`) return roles([admin]);
    if (at === "GET /v1.0/groups") return answerOf(envelope("roles.agentgroup.find.response"));
    if (at === "POST /v1.0/directoryRoles") activated = true;
    if (at === "POST /v1.0/directoryRoles")
      return answerOf(envelope("roles.directoryrole.activate.response"));
    if (at === `POST ${roleMembers}/$ref`)
      return activated
        ? answerOf(envelope("roles.directoryrole.member.add.response"))
        : notActivated;
    if (at === `DELETE ${groupMembers}/${ids.chen}/$ref`)
      return answerOf(envelope("roles.agentgroup.member.remove.response"));
    return { status: 500 };
  });
  host = server.url;
  const adapter = open(server.url, folder());
  await adapter.write(
    update("User/chen", was, { "/roles/agent": [], "/roles/administrator": "billing" }),
    context("r", { current: was }),
  );
  const writes = server.got.filter(({ method }) => method !== "GET");
  expect(writes.map(({ method }) => method)).toEqual(["POST", "POST", "POST", "DELETE"]);
  demand(writes[0], "roles.directoryrole.member.add.request", host);
  demand(writes[1], "roles.directoryrole.activate.request");
  demand(writes[3], "roles.agentgroup.member.remove.request");
  await adapter.close();
  await server.close();
});

const given = { "/roles/agent": ["admin"] };
const taken = { "/roles/administrator": "none" };
test.each([
  ["given", given, "roles.agentgroup.member.add.response"],
  ["given although they have it already", given, "roles.agentgroup.member.add.already.response"],
  ["taken", taken, "roles.directoryrole.member.remove.response"],
  ["taken although they do not have it any more", taken, "errors.not-found.subscription.response"],
] as const)("a role is %s", async (_, patch, answer) => {
  const has = { status: 200, body: envelope("users.memberof.list.response").body ?? null };
  const nothing = { status: 200, body: { value: [] } };
  let asked = 0;
  const server = await serve(({ method, path }) => {
    const at = `${method} ${decodeURIComponent(path).split("?", 1)[0]}`;
    if (at.endsWith("/memberOf")) asked += 1;
    if (at.endsWith("/memberOf")) return patch === given && asked === 1 ? nothing : has;
    if (at === `GET /v1.0/users/${ids.chen}`)
      return { status: 200, body: { id: ids.chen, ...chenSpec } };
    if (at === "GET /v1.0/groups") return answerOf(envelope("roles.agentgroup.find.response"));
    return method === "GET" ? { status: 500 } : answerOf(envelope(answer));
  });
  const adapter = open(server.url, folder());
  const roles =
    patch === given
      ? { agent: [], administrator: "none" }
      : { agent: ["admin"], administrator: "billing" };
  const was: Observed = { ...chen, spec: { ...chenSpec, roles } };
  await adapter.write(update("User/chen", was, patch), context("r", { current: was }));
  const sent = server.got.filter(({ method }) => method !== "GET");
  expect(sent).toHaveLength(1);
  if (patch === given) demand(sent[0], "roles.agentgroup.member.add.request", server.url);
  else demand(sent[0], "roles.directoryrole.member.remove.request");
  await adapter.close();
  await server.close();
});

test("offers are read with add-ons, prerequisites, limits and upgrade targets", async () => {
  const got = await replaying(
    {
      "GET /v1/offers?country=CN": "offers.list.response",
      [`GET /v1/offers/${ids.e3}?country=CN`]: "offers.get.response",
    },
    async (adapter) => {
      const found = await all(adapter, "Offer");
      expect(found.length).toBeGreaterThan(1);
      const [one] = await all(adapter, "Offer", { id: ids.e3 });
      expect(one?.spec).toMatchObject({
        name: "Office 365 Enterprise E3",
        category: "Enterprise",
        quantity: { minimum: 1, maximum: 10000000 },
        limit: { unit: "none", count: 0 },
        term: { unit: "year", count: 1 },
        billingCycles: ["annual", "monthly"],
        addOn: false,
        purchasable: true,
      });
    },
  );
  demand(got[0], "offers.list.request");
  demand(got[1], "offers.get.request");
});

test.each([
  ["app-only", "app", {}],
  ["refresh", "user", { refreshToken: "canary-refresh-token" }],
] as const)(
  "the token of %s sign-in is asked for as documented, and in no other words",
  async (name, signIn, more) => {
    const { body: answered } = envelope(`auth.token.${name}.response`) as { readonly body: Spec };
    const server = await serve(
      () => ({ status: 200, body: { items: [] } }),
      () => {
        const token = valueAt(tokenReply()?.body, "/access_token") ?? null;
        return {
          status: 200,
          body: {
            ...answered,
            access_token: token,
            ...(answered.id_token !== undefined && { id_token: token }),
          },
        };
      },
    );
    const root = folder();
    const adapter = open(server.url, root, {
      signIn,
      secrets: { clientSecret: "canary-secret", ...more },
    });
    await all(adapter, "Offer");
    await adapter.close();
    await server.close();
    const { method, path, headers, body } = envelope(`auth.token.${name}.request`);
    const [asked] = server.tokenRequests;
    expect(`${asked?.method} ${asked?.path.split("?", 1)[0]}`).toBe(`${method} ${path}`);
    expect(asked?.headers["content-type"]).toContain(headers["Content-Type"]);
    const secrets: Readonly<Record<string, string>> = {
      "<secret>": "canary-secret",
      "<refresh-token>": "canary-refresh-token",
    };
    const filled = Object.entries(body as Spec).map(([field, value]) => [
      field,
      secrets[String(value)] ?? value,
    ]);
    expect(Object.fromEntries(new URLSearchParams(asked?.text))).toEqual(
      Object.fromEntries(filled),
    );
    if (signIn === "user")
      expect(
        refreshToken(
          join(root, ".partnerctl/refresh-token.json"),
          "canary-refresh-token",
        ).current(),
      ).toBe(answered.refresh_token);
  },
);

test("one customer among many is searched for by its domain", async () => {
  const script: Script = {
    "GET /v1/customers": "customers.search.response",
    [`GET /v1/customers/${ids.fabrikam}`]: "customers.get.response",
  };
  const got = await replaying(script, async (adapter) => {
    const found: Observed[] = [];
    const only = { ids: [], keys: ["fabrikam"], among: 10_000 };
    for await (const one of adapter.read({ kind: "Customer", only }, never)) found.push(one);
    expect(found).toMatchObject([
      {
        id: ids.fabrikam,
        key: "fabrikam.partner.onmschina.cn",
        spec: { billing: { language: "zh-CHS" } },
      },
    ]);
  });
  expect(got).toHaveLength(2);
  demand(got[0], "customers.search.request");
});

/** Why the adapter has no use for the others, by what their names begin with. */
const unused: Readonly<Record<string, string>> = {
  ...not21Vianet,
  "analytics.": "subscriptions are read one customer at a time",
  "invoices.get.": "the list has all that is needed of an invoice",
  "invoices.lineitems.office.":
    "pages of lines are longer; adapters/partner-center/invoices.test.ts",
  "invoices.statement.": "the printed invoice is not downloaded",
  "auditrecords.": "21Vianet has no audit records",
  "customers.company.":
    "nothing of the company profile is declared but the domain, which the list has",
  "customers.delete.": "a customer is never deleted",
  "customers.relationshiprequest.": "relationships are asked for manually",
  "offercategories.": "an offer says its own category",
  "offers.addons.": "the offers of a market have the add-ons among them",
  "orders.billing-cycle.": "the billing cycle is fixed once ordered",
  "orders.provisioningstatus.get.pending.": "operations/carts.test.ts waits, on the emulator",
  "orders.list.":
    "subscriptions are read instead; only of a purchase whose outcome is open orders are looked through too",
  "profiles.mpn.": "the MPN profile is not declared",
  "roles.partnercenter.": "roles are the directory's; whether 21Vianet has this API is not known",
  "subscriptions.addons.": "the list of subscriptions has the add-ons among them",
  "subscriptions.conversions.": "trials are not converted",
  "subscriptions.patch.quantity.sparse.": "the whole subscription is sent, as documented",
  "subscriptions.provisioningstatus.": "a pending subscription reads as active",
  "users.list.request.": "the same request asks for more fields and longer pages",
  "validation.country-rules.": "the rules of China are data of the kinds",
  "webhooks.": "nothing listens to webhooks",
};

test("every example is exercised, or there is a reason why not", () => {
  const names = readdirSync(examples).filter((name) => name.endsWith(".json"));
  const left = names.filter((name) => !used.has(name));
  console.log(`wire examples in the adapter: ${summary(names, used, unused)}`);
  expect(left.filter((name) => reasonFor(name, unused) === undefined)).toEqual([]);
  const needed = left.map((name) => reasonFor(name, unused));
  expect(Object.keys(unused).filter((start) => !needed.includes(start))).toEqual([]);
});
