import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, type QuirkSettings, startEmulator } from "../../src/emulator/emulator.ts";
import { beijing } from "../addresses.ts";
import { type Client, client } from "./client.ts";

const e3 = "5FA4F213-638C-5693-ADE5-924129D90D90";
const exchange = "B0C6D2D1-E595-51BC-91F9-C8C093592C1C";
const archiving = "824061A3-DF58-53EC-9B59-2509B0EA06E8";

let emulator: Emulator;
let app: Client;
let user: Client;
let customer: string;

beforeEach(async () => {
  emulator = await startEmulator({ startsAt: "2024-06-01T02:03:00Z", quirks: "none" });
  [app, user] = [await client(emulator, "app"), await client(emulator, "user")];
  const made = await app("POST", "/v1/customers", {
    body: {
      companyProfile: { domain: "fabrikam.partner.onmschina.cn" },
      billingProfile: {
        ...{ email: "a@b.example", culture: "zh-cn", language: "zh-CHS" },
        ...{ companyName: "Fabrikam (Beijing) Ltd.", defaultAddress: beijing },
      },
    },
  });
  customer = `/v1/customers/${made.body.id}`;
});
afterEach(() => emulator.close());

async function order(offerId: string, quantity: number): Promise<string> {
  const lineItems = [{ lineItemNumber: 0, offerId, quantity }];
  const { body } = await app("POST", `${customer}/orders`, { body: { lineItems } });
  return body.lineItems[0].subscriptionId;
}

async function addOn(parentSubscriptionId: string, offerId: string, quantity: number) {
  const base = await app("GET", `${customer}/subscriptions/${parentSubscriptionId}`);
  const path = `${customer}/orders/${base.body.orderId}`;
  const lineItems = [{ lineItemNumber: 1, offerId, quantity, parentSubscriptionId }];
  expect((await app("PATCH", path, { body: { lineItems } })).status).toBe(200);
}

async function patch(id: string, change: object): Promise<void> {
  const path = `${customer}/subscriptions/${id}`;
  const { body } = await app("GET", path);
  const { status } = await app("PATCH", path, { body: { ...body, ...change } });
  expect(status).toBe(200);
}

/** Moves the clock to some time after noon of a day. */
function until(date: string): void {
  const seconds = (Date.parse(`${date}T12:00:00Z`) - emulator.control.now().getTime()) / 1000;
  emulator.control.advance(seconds);
  // The token is an hour old by then.
}

async function fresh(): Promise<void> {
  [app, user] = [await client(emulator, "app"), await client(emulator, "user")];
}

async function invoices(): Promise<readonly Record<string, unknown>[]> {
  await fresh();
  return (await app("GET", "/v1/invoices?size=200&offset=0")).body.items;
}

const lineFields = [
  "chargeType",
  "chargeStartDate",
  "chargeEndDate",
  "quantity",
  "amount",
] as const;

/** The lines of the newest invoice, in short. */
async function newest(): Promise<readonly unknown[][]> {
  const { id } = (await invoices()).at(-1) ?? {};
  const { body } = await app(
    "GET",
    `/v1/invoices/${id}/lineitems?provider=office&invoicelineitemtype=billinglineitems`,
  );
  return body.items.map((line: Record<string, unknown>) =>
    lineFields.map((field) => String(line[field]).replace("T00:00:00", "")),
  );
}

describe("the documented example of an invoice", () => {
  test("comes out as it is printed, to the cent", async () => {
    const bought = await order(e3, 10);
    await order(exchange, 3);
    await addOn(bought, archiving, 5);
    until("2024-07-05");
    await fresh();
    await patch(bought, { quantity: 15 });
    until("2024-07-15");
    const [june, july] = await invoices();
    // (10 × 150 + 5 × 21 + 3 × 28) × 1.06, as in invoices.list.response.json.
    expect(june).toMatchObject({ invoiceDate: "2024-06-15T00:00:00Z", totalCharges: 1790.34 });
    expect(june).not.toHaveProperty("billingPeriodStartDate");
    expect(await newest()).toEqual([
      ["Cycle instance prorate", "2024-07-05", "2024-07-14", "5", "250"],
      ["Cycle fee", "2024-07-15", "2024-08-14", "15", "2250"],
      ["Cycle fee", "2024-07-15", "2024-08-14", "3", "84"],
      ["Cycle fee", "2024-07-15", "2024-08-14", "5", "105"],
    ]);
    expect(july).toMatchObject({ totalCharges: 2850.34, paidAmount: 0 });
    expect(june).toMatchObject({ paidAmount: 1790.34, documentType: "invoice" });
    expect((await user("GET", `/v1/invoices/${july?.id}`)).body).toMatchObject({
      billingPeriodStartDate: "2024-06-15T00:00:00Z",
      billingPeriodEndDate: "2024-07-14T00:00:00Z",
    });
    expect((await app("GET", "/v1/invoices/summary")).body).toMatchObject({
      ...{ balanceAmount: 2850.34, firstInvoiceCreationDate: "2024-06-15T00:00:00Z" },
      ...{ lastPaymentAmount: 1790.34, lastPaymentDate: "2024-06-28T00:00:00Z" },
    });
  });
});

/** 15 seats, then 12 from the 20th, 18 from the 31st, and 10 from 10 August, as the page has it. */
async function scenario(changes: QuirkSettings["billing"]): Promise<void> {
  emulator.control.setQuirks({ billing: { ...changes } });
  const { account, ...rest } = emulator.control.dump();
  const list = { effective: "2018-01-01", prices: { [e3]: { perMonth: 1100, perYear: 13_200 } } };
  emulator.control.restore({ ...rest, account: { ...account, prices: { eleven: list } } });
  const id = await order(e3, 15);
  for (const [date, quantity] of [
    ["2024-07-20", 12],
    ["2024-07-31", 18],
    ["2024-08-10", 10],
  ] as const) {
    until(date);
    await fresh();
    await patch(id, { quantity });
  }
  until("2024-08-16");
}

describe("the documented scenario of seats that change", () => {
  test("reverses the advance charge, and charges each stretch of days", async () => {
    await scenario({ changes: "reversal" });
    expect(await newest()).toEqual([
      ["Cancel instance prorate", "2024-07-15", "2024-08-14", "-15", "-165"],
      ["Cycle instance prorate", "2024-07-15", "2024-07-19", "15", "26.61"],
      ["Cycle instance prorate", "2024-07-20", "2024-07-30", "12", "46.84"],
      ["Cycle instance prorate", "2024-07-31", "2024-08-09", "18", "63.87"],
      ["Cycle instance prorate", "2024-08-10", "2024-08-14", "10", "17.74"],
      ["Cycle fee", "2024-08-15", "2024-09-14", "10", "110"],
    ]);
  });

  test("comes to the same where only differences, or pairs of lines, are billed", async () => {
    await scenario({ changes: "difference", credits: "price" });
    expect(await newest()).toEqual([
      // 11 × 26 / 31 × 3, 11 × 15 / 31 × 6, 11 × 5 / 31 × 8.
      ["Cancel instance prorate", "2024-07-20", "2024-08-14", "3", "-27.68"],
      ["Cycle instance prorate", "2024-07-31", "2024-08-14", "6", "31.94"],
      ["Cancel instance prorate", "2024-08-10", "2024-08-14", "8", "-14.19"],
      ["Cycle fee", "2024-08-15", "2024-09-14", "10", "110"],
    ]);
  });

  test("a pair takes back the old seats and charges the new ones", async () => {
    await scenario({ changes: "pair", per: "unit", rounding: "down" });
    expect((await newest()).slice(0, 2)).toEqual([
      // 11 × 26 / 31 = 9.2258.
      ["Cancel instance prorate", "2024-07-20", "2024-08-14", "-15", "-138.3"],
      ["Cycle instance prorate", "2024-07-20", "2024-08-14", "12", "110.64"],
    ]);
  });
});

test("nothing is charged for what ends in its free period, and seats are free to change there", async () => {
  const gone = await order(exchange, 3);
  await patch(gone, { status: "suspended" });
  const kept = await order(e3, 10);
  until("2024-06-08");
  await fresh();
  await patch(kept, { quantity: 20 });
  until("2024-06-15");
  expect(await newest()).toEqual([
    ["Prorate fees when purchase", "2024-06-02", "2024-06-07", "10", "0"],
    ["Prorate fees when purchase", "2024-06-08", "2024-06-14", "20", "0"],
    ["Purchase fee", "2024-06-15", "2024-07-14", "20", "3000"],
  ]);
});

test("a suspension gives back the days that are left, a reactivation charges them", async () => {
  const id = await order(e3, 10);
  until("2024-06-25");
  await fresh();
  await patch(id, { status: "suspended" });
  until("2024-07-15");
  expect(await newest()).toEqual([
    ["Prorate fees when cancel", "2024-06-25", "2024-07-14", "-10", "-1000"],
  ]);
  until("2024-07-20");
  await fresh();
  await patch(id, { status: "active" });
  until("2024-08-15");
  expect(await newest()).toEqual([
    // 1500 × 26 / 31.
    ["Prorate fees when activate", "2024-07-20", "2024-08-14", "10", "1258.06"],
    ["Cycle fee", "2024-08-15", "2024-09-14", "10", "1500"],
  ]);
});

test("a new term begins with the price that is in force then", async () => {
  await order(e3, 1);
  const { account, ...rest } = emulator.control.dump();
  const dearer = { effective: "2024-12-01", prices: { [e3]: { perMonth: 16_000, perYear: 1 } } };
  emulator.control.restore({ ...rest, account: { ...account, prices: { dearer } } });
  until("2025-05-15");
  expect(await newest()).toEqual([["Cycle fee", "2025-05-15", "2025-06-14", "1", "150"]]);
  until("2025-06-15");
  expect(await newest()).toEqual([["Renew fee", "2025-06-15", "2025-07-14", "1", "160"]]);
});

describe("the endpoints", () => {
  test.each([
    ["/v1/invoices/D0200SAM07", 404, 1000],
    ["/v1/invoices/ID/lineitems?provider=azure&invoicelineitemtype=billinglineitems", 400, 800002],
    ["/v1/invoices/ID/lineitems?provider=office", 400, 800002],
    ["/v1/invoices/ID/lineitems/office/billinglineitems?size=2001", 400, 800002],
    ["/v1/invoices/ID/lineitems/office/billinglineitems?offset=-1", 400, 800002],
    ["/v1/invoices/Recurring-ID", 404, 1000],
  ])("%s is refused with %i/%i", async (path, status, code) => {
    await order(e3, 1);
    until("2024-06-15");
    const [one] = await invoices();
    const reply = await user("GET", path.replace("ID", String(one?.id)).replace("0200SAM07", "X"));
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test("one invoice, its statement and the balances need a user", async () => {
    await order(e3, 1);
    until("2024-06-15");
    const [one] = await invoices();
    for (const path of [`/${one?.id}`, `/${one?.id}/documents/statement`, "/summaries"])
      expect((await app("GET", `/v1/invoices${path}`)).body.code).toBe(900329);
    const statement = await user("GET", `/v1/invoices/${one?.id}/documents/statement`);
    expect(statement.headers.get("content-type")).toBe("application/pdf");
    expect(statement.text).toMatch(/^%PDF-/);
    expect((await user("GET", "/v1/invoices/summaries")).body.items).toHaveLength(1);
  });

  test("an account without invoices owes nothing, and says that in year 1", async () => {
    expect((await app("GET", "/v1/invoices")).body.items).toEqual([]);
    expect((await app("GET", "/v1/invoices/summary")).body).toMatchObject({
      ...{ balanceAmount: 0, latestInvoiceDate: "0001-01-01T00:00:00" },
    });
  });
});
