import { type Dump, startEmulator } from "../../src/emulator/emulator.ts";
import { beijing } from "../addresses.ts";

/** The ids the examples speak of. */
export const ids = {
  fabrikam: "04f0bc85-36ce-5498-a3ee-81e8cca2f716",
  tailspin: "028013e8-023f-545a-9d47-f6f12656129e",
  wingtip: "812e6a63-e097-5eff-9086-1fd7fb85c547",
  order: "1affcb6c-fa92-5b44-8316-d50946066c47",
  e3: "97B75A1F-70EA-542E-A916-A7AB718BD401",
  archiving: "D8536994-BB05-5D21-B26C-36522D7797F8",
  essentials: "E3FD217F-FF28-50EF-A16A-C1100C434362",
  trial: "F2FD21BD-1CAD-55BE-8C69-E1044FB5D8C2",
  chen: "5408fe94-635e-53e8-8bf1-cd958206637e",
  adminAgents: "709533d4-4188-5440-8604-3921133077b1",
  agentRole: "998bf4f5-6252-5a1b-b189-2f4ca4393f68",
  billing: "0b91a9d0-5442-51b5-bfdd-195471ad1cd3",
  cart: "0625fac2-6818-5777-92f7-b1f027af9cf2",
} as const;

const now = "2024-06-01T00:50:00.000Z";
const long = "2024-05-01T00:00:00.000Z";
type Records = Record<string, Record<string, unknown>>;

/**
 * The account of the examples: three customers, their orders, a user who is an agent and a billing
 * administrator.
 */
export async function exampleAccount(): Promise<Dump> {
  const emulator = await startEmulator({ startsAt: now });
  const { account, ...rest } = emulator.control.dump();
  await emulator.close();
  const customers = {
    [ids.fabrikam]: fabrikam(),
    [ids.tailspin]: tailspin(),
    [ids.wingtip]: customer(ids.wingtip, "wingtip", "Wingtip Trading (Shenzhen) Ltd."),
  };
  const names = Object.fromEntries(
    ["fabrikam", "tailspintoys", "wingtip"].map((name, index) => [
      `${name}.partner.onmschina.cn`,
      { id: Object.keys(customers)[index] },
    ]),
  );
  return {
    ...rest,
    now,
    account: { ...account, customers, audit: audit(), ...people(account as Records, names) },
  };
}

/** The same account with something else about one customer. */
export function withCustomer(dump: Dump, id: string, patch: object): Dump {
  const { customers } = dump.account;
  return {
    ...dump,
    account: {
      ...dump.account,
      customers: { ...customers, [id]: { ...Object(customers?.[id]), ...patch } },
    },
  };
}

/** A subscription of the examples. */
export function subscription(id: string, fields: object): Record<string, unknown> {
  return {
    id,
    orderId: ids.order,
    quantity: 10,
    status: "active",
    billingCycle: "monthly",
    createdAt: long,
    changedAt: long,
    effectiveStartDate: "2024-05-02T00:00:00Z",
    commitmentEndDate: "2025-05-15T00:00:00Z",
    version: 1,
    ...fields,
  };
}

/** The two subscriptions of the first customer: a base offer and an add-on. */
export function e3(fields: object = {}): Record<string, unknown> {
  return subscription(ids.e3, {
    offerId: "5FA4F213-638C-5693-ADE5-924129D90D90",
    friendlyName: "fabrikam-e3",
    ...fields,
  });
}

/** The same account with the two invoices of the examples, the first of which is paid. */
export function billed(dump: Dump): Dump {
  const line = (fields: object) => ({
    ...{ customerId: ids.fabrikam, orderId: ids.order, subscriptionId: ids.e3 },
    ...{ subscriptionName: "fabrikam-e3", offerId: "5FA4F213-638C-5693-ADE5-924129D90D90" },
    ...{ cycle: "monthly", subscriptionStart: "2024-06-02", subscriptionEnd: "2025-06-15" },
    ...{ from: "2024-07-15", to: "2024-08-14", chargeType: "Cycle fee" },
    ...{ unitPrice: 15_000, quantity: 15, amount: 225_000, tax: 13_500 },
    ...fields,
  });
  const lines = [line({ chargeType: "Cycle instance prorate" }), line({}), line({}), line({})];
  const invoices = [
    { id: "D0200SAM06", date: "2024-04-15", total: 179_034, lines },
    { id: "D0200SAM07", date: "2024-05-15", total: 285_034, lines },
  ].map((one) => ({ ...one, periodStart: "2024-04-15", periodEnd: "2024-05-14" }));
  const byId = Object.fromEntries(invoices.map((one) => [one.id, one]));
  return { ...dump, account: { ...dump.account, invoices: byId } };
}

function people(account: Records, customerNames: object): Records {
  const name = "chen.jie@contosopartner.partner.onmschina.cn";
  const properties = {
    displayName: "Chen Jie",
    givenName: "Jie",
    surname: "Chen",
    mailNickname: "chen.jie",
    accountEnabled: true,
    usageLocation: "CN",
    userType: "Member",
  };
  const user = { id: ids.chen, userPrincipalName: name, properties, createdAt: long };
  const admins = { id: ids.adminAgents, displayName: "AdminAgents", members: [ids.chen] };
  const agents = { id: ids.agentRole, displayName: "SalesAgents", members: [] };
  const billing = {
    id: ids.billing,
    displayName: "Billing Administrator",
    description: "Can perform common billing related tasks.",
    roleTemplateId: "b0f54661-2d74-4c50-afa3-1ec803f12efe",
    members: [ids.chen],
  };
  const others = Object.fromEntries(
    Object.entries(account.groups ?? {}).filter(
      ([, group]) => Object(group).displayName === "HelpdeskAgents",
    ),
  );
  return {
    users: { [ids.chen]: user, ...account.users },
    names: { ...account.names, ...customerNames, [name]: { id: ids.chen } },
    groups: { [ids.adminAgents]: admins, [ids.agentRole]: agents, ...others },
    roles: { ...account.roles, [ids.billing]: billing },
  };
}

function customer(id: string, domain: string, companyName: string): Record<string, unknown> {
  const address = {
    ...beijing,
    firstName: "Wang",
    lastName: "Fang",
    phoneNumber: "01055550100",
  };
  const billing = {
    id: "63daaf7e-7acc-52ab-876c-4f38bf17a01a",
    firstName: "Wang",
    lastName: "Fang",
    email: "wang.fang@fabrikam.example",
    culture: "zh-CN",
    language: "zh-CHS",
    companyName,
    defaultAddress: address,
    version: 1,
  };
  return {
    id,
    commerceId: "67e39dca-2931-57cd-912e-8ac691d74c20",
    domain: `${domain}.partner.onmschina.cn`,
    companyName,
    createdAt: long,
    relationshipToPartner: "reseller",
    allowDelegatedAccess: true,
    billing,
    orders: {},
    subscriptions: {},
    carts: {},
  };
}

function fabrikam(): Record<string, unknown> {
  const line = {
    lineItemNumber: 0,
    offerId: "5FA4F213-638C-5693-ADE5-924129D90D90",
    subscriptionId: ids.e3,
    quantity: 10,
    friendlyName: "fabrikam-e3",
  };
  const cartLine = {
    id: 0,
    catalogItemId: "B0C6D2D1-E595-51BC-91F9-C8C093592C1C",
    friendlyName: "fabrikam-exo",
    quantity: 3,
    billingCycle: "monthly",
    orderGroup: "OMS-0",
  };
  return {
    ...customer(ids.fabrikam, "fabrikam", "Fabrikam (Beijing) Ltd."),
    orders: {
      [ids.order]: {
        id: ids.order,
        billingCycle: "monthly",
        createdAt: long,
        version: 1,
        lineItems: [line],
      },
    },
    subscriptions: {
      [ids.e3]: e3(),
      [ids.archiving]: subscription(ids.archiving, {
        offerId: "824061A3-DF58-53EC-9B59-2509B0EA06E8",
        friendlyName: "fabrikam-archiving",
        quantity: 5,
        parentSubscriptionId: ids.e3,
      }),
    },
    carts: {
      [ids.cart]: {
        id: ids.cart,
        createdAt: "2024-06-01T00:45:41.606Z",
        expiresAt: "2024-06-08T00:45:41.606Z",
        modifiedBy: "7fe406a8-b824-5c1a-93ea-60480b5b99b8",
        status: "Active",
        lineItems: [cartLine],
      },
    },
  };
}

function tailspin(): Record<string, unknown> {
  const e1 = "8C68C348-8CDD-5DFB-B2EF-1967BC96E202";
  return {
    ...customer(ids.tailspin, "tailspintoys", "Tailspin Toys (Chengdu) Ltd."),
    subscriptions: {
      [ids.essentials]: subscription(ids.essentials, {
        offerId: "263B49D6-DFE8-5AD6-9209-437024D393ED",
        friendlyName: "tailspin-essentials",
        quantity: 20,
      }),
      [e1]: subscription(e1, { offerId: e1, friendlyName: "tailspin-e1" }),
      [ids.trial]: subscription(ids.trial, {
        offerId: "E16A1ADC-167E-5CE3-8D54-E99DD38FD2F7",
        friendlyName: "tailspin-trial",
        quantity: 25,
        billingCycle: "none",
      }),
    },
  };
}

function audit(): Record<string, unknown> {
  return {
    a: {
      id: "a",
      at: "2024-06-01T00:10:00.000Z",
      operationType: "create_order",
      resourceType: "order",
      customerId: ids.fabrikam,
      customerName: "Fabrikam (Beijing) Ltd.",
      userPrincipalName: "automation@contosopartner.partner.onmschina.cn",
      applicationId: "6baccf25-558c-5fab-8c6e-3ce03d3ba3c7",
      correlationId: "5255e964-5f0d-5285-8030-632c8eb69bf5",
      newValue: { Id: ids.order },
      customizedData: [
        { key: "OrderId", value: ids.order },
        { key: "PartnerOnRecord-0", value: null },
      ],
    },
  };
}
