import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dump, type Emulator, startEmulator } from "../../src/emulator/emulator.ts";
import { type Client, client, type Reply } from "./client.ts";
import { e3, exampleAccount, ids, subscription, withCustomer } from "./example-account.ts";
import { beijing } from "../addresses.ts";

const offers = {
  e3: "5FA4F213-638C-5693-ADE5-924129D90D90",
  e1: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202",
  business: "B8D08ACD-ED44-5010-A6B7-DA497673B432",
  premium: "15B8F35F-34D6-51AF-AC5B-79A0222883A3",
  trial: "E16A1ADC-167E-5CE3-8D54-E99DD38FD2F7",
  retired: "9B139E80-6C69-5B16-865B-BE83221FBB18",
  dynamics: "2D63ED75-23B7-54D7-9D4D-60AE9D7219EB",
  archiving: "824061A3-DF58-53EC-9B59-2509B0EA06E8",
  storage: "A2E9816F-403C-5F8C-8E09-209B0D756B28",
} as const;
const fabrikam = `/v1/customers/${ids.fabrikam}`;
const e3Path = `${fabrikam}/subscriptions/${ids.e3}`;
const addOnPath = `${fabrikam}/subscriptions/${ids.archiving}`;
const billing = {
  email: "a@b.example",
  culture: "zh-cn",
  language: "zh-CHS",
  companyName: "New Ltd.",
  defaultAddress: beijing,
};
const customer = (patch: object = {}, domain = "new.partner.onmschina.cn"): object => ({
  companyProfile: { domain },
  billingProfile: { ...billing, ...patch },
});
const order = (offerId: string, quantity = 1, rest: object = {}): object => ({
  lineItems: [{ lineItemNumber: 0, offerId, quantity, ...rest }],
});
const addOn = (offerId: string, parentSubscriptionId: string = ids.e3): object => ({
  lineItems: [{ lineItemNumber: 0, offerId, quantity: 2, parentSubscriptionId }],
});
const status = (of: string, at = "2024-05-20T00:00:00.000Z"): object => ({
  status: of,
  ...(of === "suspended" && { suspendedAt: at }),
});
const having =
  (...held: readonly Record<string, unknown>[]) =>
  (dump: Dump): Dump =>
    withCustomer(dump, ids.fabrikam, {
      subscriptions: Object.fromEntries(held.map((one) => [one.id, one])),
    });
const archiving = (fields: object = {}) =>
  subscription(ids.archiving, {
    offerId: offers.archiving,
    parentSubscriptionId: ids.e3,
    friendlyName: "archiving",
    ...fields,
  });

const customers =
  (count: number) =>
  (dump: Dump): Dump => {
    const [one] = Object.values(dump.account.customers ?? {});
    const many = Array.from({ length: count }, (_, index) => [
      `c${index}`,
      { ...Object(one), id: `c${index}`, domain: `c${index}.example` },
    ]);
    return { ...dump, account: { ...dump.account, customers: Object.fromEntries(many) } };
  };

interface Row {
  readonly says: string;
  readonly ask: readonly [
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ];
  readonly answers: readonly [status: number, code?: number | string];
  readonly account?: (dump: Dump) => Dump;
  readonly as?: "user" | "graph";
  readonly sandbox?: true;
}

const rows: readonly Row[] = [
  {
    says: "an address in no province is not valid",
    ask: ["POST", "/v1/customers", customer({ defaultAddress: { ...beijing, state: "ZZ" } })],
    answers: [400, 2007],
  },
  {
    says: "a country code has two letters",
    ask: ["POST", "/v1/customers", customer({ defaultAddress: { ...beijing, country: "CHN" } })],
    answers: [400, 800002],
  },
  {
    says: "a culture must be known",
    ask: ["POST", "/v1/customers", customer({ culture: "de-DE" })],
    answers: [400, 800002],
  },
  {
    says: "an email is required",
    ask: ["POST", "/v1/customers", customer({ email: null })],
    answers: [400, 800002],
  },
  {
    says: "a domain is taken once",
    ask: ["POST", "/v1/customers", customer({}, "fabrikam.partner.onmschina.cn")],
    answers: [409, 800002],
  },
  {
    says: "a domain ends as the operator's do",
    ask: ["POST", "/v1/customers", customer({}, "new.onmicrosoft.com")],
    answers: [400, 800002],
  },
  {
    says: "a registration number is taken, for no document refuses it in China",
    ask: ["POST", "/v1/customers", { ...customer(), organizationRegistrationNumber: "1" }],
    answers: [201],
  },
  {
    says: "a password cannot be given",
    ask: ["POST", "/v1/customers", { ...customer(), userCredentials: { password: "x" } }],
    answers: [400, 800002],
  },
  {
    says: "an unknown customer is not found",
    ask: ["GET", "/v1/customers/00000000-0000-0000-0000-000000000000"],
    answers: [404, 60003],
  },
  {
    says: "a customer of production is not deleted",
    ask: ["DELETE", fabrikam],
    answers: [403, 2032],
  },
  {
    says: "a customer of the sandbox is",
    ask: ["DELETE", fabrikam],
    answers: [204],
    sandbox: true,
  },
  {
    says: "a relationship cannot be ended",
    ask: ["PATCH", fabrikam, { relationshipToPartner: "none" }],
    answers: [403, 2032],
  },
  {
    says: "billing needs a version",
    ask: ["PUT", `${fabrikam}/profiles/billing`, billing],
    answers: [417, 800036],
  },
  {
    says: "billing needs the current version",
    ask: ["PUT", `${fabrikam}/profiles/billing`, billing, { "If-Match": '"1"' }],
    answers: [400, 2055],
  },
  {
    says: "a search starts with something",
    ask: [
      "GET",
      `/v1/customers?filter=${encodeURIComponent('{"Field":"Domain","Value":"x","Operator":"equals"}')}`,
    ],
    answers: [400, 800002],
  },
  {
    says: "the next page needs a token",
    ask: ["GET", "/v1/customers?size=1&seekOperation=Next"],
    answers: [400, 800002],
  },

  {
    says: "an offer must exist",
    ask: ["POST", `${fabrikam}/orders`, order("00000000-0000-0000-0000-000000000000")],
    answers: [400, 800004],
  },
  {
    says: "a retired offer is gone",
    ask: ["POST", `${fabrikam}/orders`, order(offers.retired)],
    answers: [403, 2091],
  },
  {
    says: "a quantity has a minimum",
    ask: ["POST", `${fabrikam}/orders`, order(offers.dynamics, 4)],
    answers: [400, 2002],
  },
  {
    says: "a quantity has a maximum",
    ask: ["POST", `${fabrikam}/orders`, order(offers.business, 301)],
    answers: [400, 2002],
  },
  {
    says: "a billing cycle must be supported",
    ask: ["POST", `${fabrikam}/orders`, { ...order(offers.e3), billingCycle: "triennial" }],
    answers: [400, 6001],
  },
  {
    says: "a trial has none",
    ask: ["POST", `${fabrikam}/orders`, order(offers.trial, 25)],
    answers: [201],
  },
  {
    says: "a trial has exactly 25 seats",
    ask: ["POST", `${fabrikam}/orders`, order(offers.trial, 10)],
    answers: [400, 2002],
  },
  {
    says: "sales groups do not mix",
    ask: [
      "POST",
      `${fabrikam}/orders`,
      {
        lineItems: [
          { lineItemNumber: 0, offerId: offers.e1, quantity: 1 },
          { lineItemNumber: 1, offerId: offers.trial, quantity: 25 },
        ],
      },
    ],
    answers: [400, 800002],
  },
  {
    says: "lines are numbered from 0",
    ask: [
      "POST",
      `${fabrikam}/orders`,
      { lineItems: [{ lineItemNumber: 1, offerId: offers.e3, quantity: 1 }] },
    ],
    answers: [400, 800071],
  },
  {
    says: "an order has lines",
    ask: ["POST", `${fabrikam}/orders`, { lineItems: [] }],
    answers: [400, 800002],
  },
  {
    says: "an add-on has no order of its own",
    ask: ["POST", `${fabrikam}/orders`, order(offers.archiving)],
    answers: [400, 800029],
  },
  {
    says: "a partner of record is a reseller",
    ask: ["POST", `${fabrikam}/orders`, order(offers.e3, 1, { partnerIdOnRecord: "1234567" })],
    answers: [400, 2071],
  },
  {
    says: "one small-business subscription at a time",
    ask: ["POST", `${fabrikam}/orders`, order(offers.business)],
    answers: [400, 27006],
    account: having(subscription("A", { offerId: offers.business, ...status("suspended") })),
  },
  {
    says: "another one after it was deleted",
    ask: ["POST", `${fabrikam}/orders`, order(offers.business)],
    answers: [201],
    account: having(
      subscription("A", {
        offerId: offers.business,
        ...status("suspended", "2024-01-01T00:00:00.000Z"),
      }),
    ),
  },
  {
    says: "one trial in a lifetime",
    ask: ["POST", `${fabrikam}/orders`, order(offers.trial, 25)],
    answers: [400, 27006],
    account: having(subscription("A", { offerId: offers.trial, status: "deleted" })),
  },
  {
    says: "an order is not cancelled",
    ask: ["PATCH", `${fabrikam}/orders/${ids.order}`, { status: "cancelled" }],
    answers: [400, 800063],
  },
  {
    says: "an order is not found",
    ask: ["GET", `${fabrikam}/orders/00000000-0000-0000-0000-000000000000`],
    answers: [404, 20000],
  },
  {
    says: "five subscriptions in the sandbox",
    ask: ["POST", `${fabrikam}/orders`, order(offers.e1)],
    answers: [403, 800066],
    sandbox: true,
    account: having(
      ...["A", "B", "C", "D", "E"].map((id) => subscription(id, { offerId: offers.e3 })),
    ),
  },
  {
    says: "75 customers in the sandbox",
    ask: ["POST", "/v1/customers", customer()],
    answers: [400, 800018],
    sandbox: true,
    account: customers(75),
  },
  {
    says: "the 75th still comes in",
    ask: ["POST", "/v1/customers", customer()],
    answers: [201],
    sandbox: true,
    account: customers(74),
  },
  {
    says: "which production has no limit for",
    ask: ["POST", "/v1/customers", customer()],
    answers: [201],
    account: customers(75),
  },
  {
    says: "25 seats in the sandbox",
    ask: ["POST", `${fabrikam}/orders`, order(offers.e1, 26)],
    answers: [403, 800067],
    sandbox: true,
  },

  {
    says: "an add-on wants a parent that takes it",
    ask: ["PATCH", `${fabrikam}/orders/${ids.order}`, addOn(offers.storage)],
    answers: [400, 800029],
  },
  {
    says: "an add-on wants an active parent",
    ask: ["PATCH", `${fabrikam}/orders/${ids.order}`, addOn(offers.archiving)],
    answers: [409, 27009],
    account: having(e3(status("suspended"))),
  },
  {
    says: "an add-on wants a parent of this order",
    ask: [
      "PATCH",
      `${fabrikam}/orders/${ids.order}`,
      addOn(offers.archiving, "00000000-0000-0000-0000-000000000000"),
    ],
    answers: [400, 800029],
  },
  {
    says: "a billing cycle of the suspended stays",
    ask: ["PATCH", `${fabrikam}/orders/${ids.order}`, { billingCycle: "annual" }],
    answers: [400, 6000],
    account: having(e3(status("suspended"))),
  },

  {
    says: "a suspended quantity stays",
    ask: ["PATCH", e3Path, { quantity: 11 }],
    answers: [400, 2001],
    account: having(e3(status("suspended"))),
  },
  {
    says: "the deleted stay",
    ask: ["PATCH", e3Path, { friendlyName: "x" }],
    answers: [400, 2011],
    account: having(e3(status("suspended", "2024-01-01T00:00:00.000Z"))),
  },
  {
    says: "a billing cycle is the order's",
    ask: ["PATCH", e3Path, { billingCycle: "annual" }],
    answers: [400, 2054],
  },
  {
    says: "a quantity has its range",
    ask: ["PATCH", e3Path, { quantity: 0 }],
    answers: [400, 2002],
  },
  {
    says: "licences in use cannot go",
    ask: ["PATCH", e3Path, { quantity: 5 }],
    answers: [400, 800090],
    account: having(e3({ assigned: 6 })),
  },
  {
    says: "nothing is deleted by a client",
    ask: ["PATCH", e3Path, { status: "deleted" }],
    answers: [400, 800002],
  },
  {
    says: "an add-on does not outlive its parent",
    ask: ["PATCH", addOnPath, { status: "active" }],
    answers: [409, 27009],
    account: having(e3(status("suspended")), archiving(status("suspended"))),
  },
  {
    says: "auto-renew is taken and ignored",
    ask: ["PATCH", e3Path, { autoRenewEnabled: false }],
    answers: [200],
  },
  { says: "ids are found in any letter case", ask: ["GET", e3Path.toLowerCase()], answers: [200] },
  {
    says: "support contacts are not for 21Vianet",
    ask: ["GET", `${e3Path}/supportcontact`],
    answers: [403, 2032],
  },
  {
    says: "conversions are not for 21Vianet",
    ask: ["GET", `${e3Path}/conversions`],
    answers: [403, 2032],
    as: "user",
  },
  { says: "nor audit records", ask: ["GET", "/v1/auditrecords"], answers: [403, 2032] },

  {
    says: "a profile needs a person's token",
    ask: ["GET", "/v1/profiles/organization"],
    answers: [403, 900329],
  },
  {
    says: "the legal profile is read by an application too",
    ask: ["GET", "/v1/profiles/legalbusiness?vettingVersion=Current"],
    answers: [200],
  },
  {
    says: "and not written",
    ask: ["PUT", "/v1/profiles/legalbusiness", {}],
    answers: [403, 900329],
  },
  {
    says: "provisioning needs delegated administration",
    ask: ["GET", `${e3Path}/provisioningstatus`],
    answers: [403, 2032],
    as: "user",
    account: (dump) => withCustomer(dump, ids.fabrikam, { allowDelegatedAccess: false }),
  },
  {
    says: "a stale profile is refused",
    ask: [
      "PUT",
      "/v1/profiles/billing",
      { companyName: "x", address: beijing, primaryContact: {}, attributes: { etag: "old" } },
    ],
    answers: [400, 2055],
    as: "user",
  },
  {
    says: "a Partner Center token is not Graph's",
    ask: ["GET", "/v1.0/users"],
    answers: [401, "InvalidAuthenticationToken"],
  },
  {
    says: "another market has no offers",
    ask: ["GET", "/v1/offers?country=US"],
    answers: [400, 800070],
  },

  {
    says: "a user needs a strong password",
    ask: ["POST", "/v1.0/users", user({ passwordProfile: { password: "password" } })],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a user is of a verified domain",
    ask: ["POST", "/v1.0/users", user({ userPrincipalName: "x@elsewhere.example" })],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a user's name is taken once",
    ask: [
      "POST",
      "/v1.0/users",
      user({ userPrincipalName: "CHEN.JIE@contosopartner.partner.onmschina.cn" }),
    ],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a user needs a nickname",
    ask: ["POST", "/v1.0/users", user({ mailNickname: undefined })],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a password is not reset",
    ask: ["PATCH", `/v1.0/users/${ids.chen}`, { passwordProfile: { password: "Summer-2024" } }],
    answers: [403, "Authorization_RequestDenied"],
    as: "graph",
  },
  {
    says: "a role is activated before its members are read",
    ask: [
      "GET",
      "/v1.0/directoryRoles/roleTemplateId=fe930be7-5e62-47db-91af-98c3a49a38b1/members",
    ],
    answers: [404, "Request_ResourceNotFound"],
    as: "graph",
  },
  {
    says: "a role is activated once",
    ask: [
      "POST",
      "/v1.0/directoryRoles",
      { roleTemplateId: "62e90394-69f5-4237-9190-012177145e10" },
    ],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "roles take no query",
    ask: ["GET", "/v1.0/directoryRoles?$top=1"],
    answers: [400, "Request_UnsupportedQuery"],
    as: "graph",
  },
  {
    says: "a role has a template",
    ask: ["POST", "/v1.0/directoryRoles", { roleTemplateId: ids.chen }],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a member is named by its address",
    ask: ["POST", `/v1.0/groups/${ids.agentRole}/members/$ref`, { "@odata.id": "chen" }],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a member exists",
    ask: [
      "POST",
      `/v1.0/groups/${ids.agentRole}/members/$ref`,
      { "@odata.id": `https://x/v1.0/directoryObjects/${ids.fabrikam}` },
    ],
    answers: [404, "Request_ResourceNotFound"],
    as: "graph",
  },
  {
    says: "a member comes once",
    ask: ["PATCH", `/v1.0/groups/${ids.agentRole}`, bound(ids.chen, ids.chen)],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a group is not found by a role's template",
    ask: ["GET", "/v1.0/groups/roleTemplateId=62e90394-69f5-4237-9190-012177145e10"],
    answers: [404, "Request_ResourceNotFound"],
    as: "graph",
  },
  {
    says: "many members come at once",
    ask: ["PATCH", `/v1.0/groups/${ids.agentRole}`, bound(ids.chen)],
    answers: [204],
    as: "graph",
  },
  {
    says: "or none of them",
    ask: ["PATCH", `/v1.0/groups/${ids.agentRole}`, bound(ids.chen, ids.fabrikam)],
    answers: [404, "Request_ResourceNotFound"],
    as: "graph",
  },
  {
    says: "not more than 20",
    ask: [
      "PATCH",
      `/v1.0/groups/${ids.agentRole}`,
      bound(...Array.from({ length: 21 }, () => ids.chen)),
    ],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a property must be known",
    ask: ["PATCH", `/v1.0/users/${ids.chen}`, { shoeSize: 43 }],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "a query must be understood",
    ask: ["GET", "/v1.0/users?$filter=startsolike(displayName,'C')"],
    answers: [400, "Request_UnsupportedQuery"],
    as: "graph",
  },
  {
    says: "a page has a size",
    ask: ["GET", "/v1.0/users?$top=1000"],
    answers: [400, "Request_BadRequest"],
    as: "graph",
  },
  {
    says: "no webhook is registered at first",
    ask: ["GET", "/webhooks/v1/registration"],
    answers: [404, 1000],
  },
  {
    says: "a webhook is reached by https",
    ask: [
      "POST",
      "/webhooks/v1/registration",
      { WebhookUrl: "http://x.example", WebhookEvents: ["test-created"] },
    ],
    answers: [400, 800002],
  },
  {
    says: "a webhook is for known events",
    ask: [
      "POST",
      "/webhooks/v1/registration",
      { WebhookUrl: "https://x.example", WebhookEvents: ["full-moon"] },
    ],
    answers: [400, 800002],
  },
  { says: "nothing else is there", ask: ["GET", "/v1/elsewhere"], answers: [404, 1000] },

  {
    says: "there are no products",
    ask: ["GET", "/v1/products?country=CN&targetView=OnlineServices"],
    answers: [200],
  },
  {
    says: "products are of a country",
    ask: ["GET", "/v1/products?targetView=Azure"],
    answers: [400, 800002],
  },
  {
    says: "and of this one",
    ask: ["GET", "/v1/products?country=US&targetView=Azure"],
    answers: [400, 800070],
  },
  {
    says: "products are seen in a view",
    ask: ["GET", "/v1/products?country=CN"],
    answers: [400, 800002],
  },
  {
    says: "which is known",
    ask: ["GET", "/v1/products?country=CN&targetView=Moon"],
    answers: [403, 400036],
  },
  {
    says: "for a segment that is known",
    ask: ["GET", "/v1/products?country=CN&targetView=Azure&targetSegment=Moon"],
    answers: [403, 400030],
  },
  {
    says: "a product by its id is not for 21Vianet",
    ask: ["GET", "/v1/products/DZH318Z0BQ3Q"],
    answers: [403, 2032],
  },
  {
    says: "nor are its SKUs",
    ask: ["GET", "/v1/products/DZH318Z0BQ3Q/skus"],
    answers: [403, 2032],
  },
  {
    says: "a customer is shown no products either",
    ask: ["GET", `${fabrikam}/products?targetView=Azure`],
    answers: [200],
  },
  {
    says: "nor one of them",
    ask: ["GET", `${fabrikam}/products/DZH318Z0BQ3Q/skus/0001`],
    answers: [404, 1000],
  },
  {
    says: "a customer nobody knows is shown nothing",
    ask: ["GET", "/v1/customers/nobody/products?targetView=Azure"],
    answers: [404, 60003],
  },
  {
    says: "what one customer may buy is on no page for 21Vianet",
    ask: ["GET", `${fabrikam}/offers`],
    answers: [403, 2032],
  },
  {
    says: "nor in which categories",
    ask: ["GET", `${fabrikam}/offercategories`],
    answers: [403, 2032],
  },
  {
    says: "a parent is suspended while its add-ons stay as they are",
    ask: ["PATCH", e3Path, { status: "suspended" }],
    answers: [200],
    account: having(e3(), archiving()),
  },
  ...[
    "021-55550100",
    "+86 21 5555 0100",
    "(021) 55550100",
    "400-888-8888",
    "010-8888 8888 转 12",
  ].map(
    (phoneNumber): Row => ({
      says: `a Chinese telephone number may be written ${phoneNumber}`,
      ask: ["POST", "/v1/validations/address", { ...beijing, phoneNumber }],
      answers: [200],
    }),
  ),
  ...[{ country: "US" }, { addressLine1: " " }, { city: " " }, { postalCode: "1" }].map(
    (wrong): Row => ({
      says: `an address with ${JSON.stringify(wrong)} is not valid`,
      ask: ["POST", "/v1/validations/address", { ...beijing, ...wrong }],
      answers: [400, 2007],
    }),
  ),
  {
    says: "a member who is none cannot go",
    ask: ["DELETE", `/v1.0/groups/${ids.agentRole}/members/${ids.chen}/$ref`],
    answers: [404, "Request_ResourceNotFound"],
    as: "graph",
  },
];

function bound(...members: readonly string[]): object {
  return {
    "members@odata.bind": members.map(
      (id) => `https://microsoftgraph.chinacloudapi.cn/v1.0/directoryObjects/${id}`,
    ),
  };
}

function user(patch: object): object {
  return {
    accountEnabled: true,
    displayName: "New",
    mailNickname: "new",
    userPrincipalName: "new@contosopartner.partner.onmschina.cn",
    passwordProfile: { password: "Summer-2024" },
    ...patch,
  };
}

const emulators: { production?: Emulator; sandbox?: Emulator } = {};
const clients: Record<string, Client> = {};
let dump: Dump;

beforeAll(async () => {
  dump = await exampleAccount();
  emulators.production = await startEmulator({ quirks: "none" });
  emulators.sandbox = await startEmulator({ quirks: "none", sandbox: true });
});

beforeEach(async () => {
  for (const emulator of Object.values(emulators)) emulator.control.restore(dump);
  const { production, sandbox } = emulators;
  if (!production || !sandbox) throw new Error("not started");
  clients.app ??= await client(production, "app");
  clients.user ??= await client(production, "user");
  clients.graph ??= await client(production, "app", "graph");
  clients.sandbox ??= await client(sandbox, "app");
});

afterAll(async () => {
  for (const emulator of Object.values(emulators)) await emulator.close();
});

describe("rules of the account", () => {
  test.each(rows.map((row) => [row.says, row] as const))("%s", async (_, row) => {
    const kind = row.sandbox ? "sandbox" : "production";
    emulators[kind]?.control.restore(row.account?.(dump) ?? dump);
    const before = emulators[kind]?.control.dump().account;
    const [method, path, body, headers] = row.ask;
    const reply = await asked(row)(method, path, {
      ...(body !== undefined && { body }),
      ...(headers && { headers }),
    });
    expect([reply.status, codeOf(reply)]).toEqual([row.answers[0], row.answers[1]]);
    if (reply.status >= 400) expect(emulators[kind]?.control.dump().account).toEqual(before);
  });
});

function asked(row: Row): Client {
  const found = clients[row.sandbox ? "sandbox" : (row.as ?? "app")];
  if (found === undefined) throw new Error("not signed in");
  return found;
}

function codeOf({ body, status }: Reply): unknown {
  return status < 400 ? undefined : (body.code ?? body.error?.code);
}
