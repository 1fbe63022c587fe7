import { expect, onTestFinished, test } from "vitest";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import { startEmulator } from "../../../src/emulator/emulator.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import type { Probe } from "../../../src/model/probe.ts";
import { folder } from "../changes.ts";
import { emulatorOptions } from "./emulated.ts";
import { type Answer, type Got, open, type Server, serve } from "./server.ts";

const never = new AbortController().signal;
const nothing = { status: 200, body: { items: [], value: [] } };
const none = { status: 200, body: [] };
const featured = ({ path }: Got) => path === "/v1/preferences/catalog/offers";

async function probed(
  answer: (got: Got) => Answer,
  more: Spec = {},
): Promise<{ probes: readonly Probe[]; server: Server }> {
  const server = await serve(answer);
  const adapter = open(server.url, folder(), {
    retry: { attempts: 1, longestSeconds: 0 },
    ...more,
  });
  onTestFinished(async () => {
    await adapter.close();
    await server.close();
  });
  return { probes: (await adapter.probe?.(never)) ?? [], server };
}

const profile = ({ path }: Got) => path === "/v1/profiles/billing";

/** The last questions are whether there are featured offers and carts. */
const withoutCarts = (probes: readonly Probe[]) => probes.slice(0, -2);

test("what is managed is asked for, by readings alone, and the user's sign-in is to be validated", async () => {
  const { probes, server } = await probed(() => nothing);
  expect(withoutCarts(probes).map(({ allowed }) => allowed)).toEqual(Array(5).fill(true));
  expect(
    server.got.map(({ method, path, headers }) => [method, path, headers.validatemfa]),
  ).toEqual([
    ["GET", "/v1/profiles/billing", "true"],
    ["GET", "/v1/customers?size=1", undefined],
    ["GET", "/v1.0/users?$top=1&$select=id", undefined],
    ["GET", "/v1.0/directoryRoles", undefined],
    ["GET", "/v1/invoices?size=1&offset=0", undefined],
    ["GET", "/v1/preferences/catalog/offers", undefined],
    ["GET", "/v1/customers?size=1", undefined],
  ]);
});

test("each feature names its token, and without a user what is off is listed and not asked for", async () => {
  const tokens = (probes: readonly Probe[]) => probes.map(({ what, token }) => `${token}: ${what}`);
  const both = await probed(() => nothing);
  expect(tokens(both.probes)[0]).toBe("user: Read a partner profile as the signed-in user.");
  expect(
    tokens(both.probes)
      .slice(1)
      .every((one) => one.startsWith("app: ")),
  ).toBe(true);
  const { probes, server } = await probed(() => nothing, {
    signIn: "app",
    capabilities: { PartnerProfile: false },
  });
  const off = probes.filter(({ token }) => token === "user");
  expect(off.map(({ what }) => what)).toEqual([
    "Read and write the partner's profiles.",
    "Read whether an order is provisioned.",
    "Upgrade subscriptions where the service demands a user.",
    "Read the balance of each currency.",
  ]);
  for (const one of off)
    expect(one).toMatchObject({
      ...{ allowed: false, optional: true, hint: expect.any(String) },
      said: "Only the application signs in here.",
    });
  expect(off.at(-1)?.hint).toContain("partnerctl reconcile --file");
  expect(server.got.map(({ path }) => path)).not.toContain("/v1/profiles/billing");
});

test("nothing is asked for what is not managed", async () => {
  const { server } = await probed(() => nothing, {
    capabilities: { PartnerProfile: false, User: false, Subscription: false },
    invoices: false,
  });
  expect(server.got.map(({ path }) => path)).toEqual([
    "/v1/customers?size=1",
    "/v1/preferences/catalog/offers",
  ]);
});

test.each<readonly [string, Answer, string]>([
  [
    "refuses",
    {
      status: 401,
      body: { code: "900421", description: "Access denied: MFA is required for this operation." },
    },
    "without multi-factor authentication (401/900421)",
  ],
  ["reports", { ...nothing, headers: { isMfaCompliant: "False" } }, "may refuse it any day"],
])(
  "a user without multi-factor authentication is told of where the service %s it",
  async (_, answer, said) => {
    const { probes } = await probed((got) => (profile(got) ? answer : nothing));
    expect(probes[0]).toMatchObject({
      allowed: false,
      said: expect.stringContaining(said),
      hint: expect.stringContaining("partnerctl login"),
    });
    expect(
      withoutCarts(probes)
        .slice(1)
        .every(({ allowed }) => allowed),
    ).toBe(true);
  },
);

test("a user with it is not", async () => {
  const { probes } = await probed((got) =>
    profile(got) ? { ...nothing, headers: { isMfaCompliant: "true" } } : nothing,
  );
  expect(probes[0]?.allowed).toBe(true);
});

test.each<readonly [string, Answer, string]>([
  [
    "a refusal",
    { status: 403, body: { code: 900150, description: "The role lacks rights" } },
    "The role lacks rights (403/900150)",
  ],
  ["no answer", undefined, "/v1/customers"],
])("%s ends no other question", async (_, answer, said) => {
  const { probes } = await probed((got) =>
    got.path.startsWith("/v1/customers") ? answer : nothing,
  );
  expect(probes.map(({ allowed }) => allowed)).toEqual([
    ...[true, false, true, true, true],
    ...[false, false],
  ]);
  expect(probes[1]?.said).toContain(said);
});

test("the emulator's application says what its token carries, and a user without multi-factor authentication is refused there", async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const adapter = partnerCenter(emulatorOptions(emulator.url), { root: folder() });
  onTestFinished(() => adapter.close());
  const probes = await adapter.probe?.(never);
  expect(withoutCarts(probes ?? []).map(({ allowed }) => allowed)).toEqual(Array(5).fill(true));
  expect(probes?.[2]?.said).toContain(
    "GroupMember.ReadWrite.All, RoleManagement.ReadWrite.Directory",
  );
  emulator.control.setQuirks({ withoutMfa: true });
  const refused = withoutCarts((await adapter.probe?.(never)) ?? []);
  expect(refused.map(({ allowed }) => allowed)).toEqual([false, true, true, true, true]);
});

test("a refusal of invoices says how to do without them, and lacks nothing that plans need", async () => {
  const { probes } = await probed((got) =>
    got.path.startsWith("/v1/invoices") ? { status: 403, body: { code: 900150 } } : nothing,
  );
  expect(withoutCarts(probes).at(-1)).toMatchObject({
    ...{ what: "Read invoices.", allowed: false, optional: true },
    hint: expect.stringMatching(/Any token .* an application's too.*partnerctl reconcile --file/),
  });
});

const customers = {
  status: 200,
  body: { items: [{ id: "04f0bc85-36ce-5498-a3ee-81e8cca2f716" }] },
};
const noCart = { status: 404, body: { code: 800008, description: "cart not found" } };
const carts = {
  cart: { orders: "cart" },
  direct: { orders: "direct" },
} as const;

test.each<readonly [string, Spec, Answer, Answer, Partial<Probe>]>([
  ["used and there", carts.cart, customers, noCart, { allowed: true }],
  [
    "there and not used",
    carts.direct,
    customers,
    noCart,
    { allowed: true, optional: true, hint: expect.stringContaining("orders: cart") },
  ],
  [
    "used and not there",
    carts.cart,
    customers,
    { status: 404, body: { code: 1000 } },
    { allowed: false, said: expect.stringContaining("404/1000") },
  ],
  [
    "refused",
    carts.cart,
    customers,
    { status: 403, body: { code: 900150, description: "The role lacks rights" } },
    { allowed: false, said: expect.stringContaining("403/900150") },
  ],
  [
    "answered as if a cart were there",
    carts.direct,
    customers,
    nothing,
    { allowed: false, optional: true, said: expect.stringContaining("200/") },
  ],
  [
    "not tried without a customer",
    carts.cart,
    nothing,
    noCart,
    { allowed: false, optional: true, said: expect.stringContaining("no customer") },
  ],
])("carts are %s", async (_, options, first, answer, expected) => {
  const { probes, server } = await probed(
    ({ path }) =>
      path.includes("/carts/") ? answer : path.startsWith("/v1/customers") ? first : nothing,
    options,
  );
  expect({ ...probes.at(-1), values: undefined }).toEqual({
    what: "Order by carts.",
    token: "app",
    ...expected,
  });
  expect(server.got.every(({ method }) => method === "GET")).toBe(true);
});

test.each([
  [
    false,
    none,
    { allowed: true, optional: true, hint: expect.stringContaining("featuredOffers: true") },
  ],
  [true, none, { allowed: true }],
  [
    false,
    { status: 403, body: { code: 2032, description: "not available" } },
    { allowed: false, optional: true, hint: expect.stringContaining("manual step, in the portal") },
  ],
  [
    true,
    { status: 404, body: { code: 1000, description: "none" } },
    { allowed: false, hint: expect.stringContaining("to false") },
  ],
] as const)(
  "featured offers that are on: %j, and answered with %j",
  async (on, answer, expected) => {
    const { probes } = await probed((got) => (featured(got) ? answer : nothing), {
      featuredOffers: on,
    });
    const found = probes.find(({ what }) => what === "Read the featured offers.");
    expect(found).toMatchObject(expected);
    expect(found?.optional ?? false).toBe(!on);
  },
);
