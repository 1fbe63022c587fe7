import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import { defaultApplication } from "../../../src/emulator/emulator.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import type { InvoiceLine } from "../../../src/model/billing/invoice.ts";
import { emulatorOptions, start } from "./emulated.ts";

const examples = new URL("examples/", import.meta.url);
const { signal } = new AbortController();
let emulator: Emulator;
let root: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "invoices-"));
  emulator = await start({ startsAt: "2024-07-20T12:00:00Z" });
});
afterEach(async () => {
  await emulator.close();
  rmSync(root, { recursive: true });
});

function itemsOf(example: string): readonly Spec[] {
  return JSON.parse(readFileSync(new URL(`invoices.${example}.json`, examples), "utf8")).body.items;
}

const line = {
  ...{ customerId: "04f0bc85-36ce-5498-a3ee-81e8cca2f716", orderId: "o" },
  ...{ subscriptionId: "97B75A1F-70EA-542E-A916-A7AB718BD401", subscriptionName: "fabrikam-e3" },
  ...{ offerId: "5FA4F213-638C-5693-ADE5-924129D90D90", cycle: "monthly" },
  ...{ subscriptionStart: "2024-06-02", subscriptionEnd: "2025-06-15" },
  ...{ from: "2024-07-05", to: "2024-07-14", chargeType: "Cycle instance prorate" },
  ...{ unitPrice: 5000, quantity: 5, amount: 25_000, tax: 1500 },
};
const invoice = {
  ...{ id: "D0200SAM07", date: "2024-07-15", periodStart: "2024-06-15", periodEnd: "2024-07-14" },
  ...{ total: 26_500, lines: [line] },
};

/** The account holds these invoices. */
function holding(...invoices: readonly (typeof invoice & { readonly oneTime?: object[] })[]): void {
  const { account, ...rest } = emulator.control.dump();
  const byId = Object.fromEntries(invoices.map((one) => [one.id, one]));
  emulator.control.restore({ ...rest, account: { ...account, invoices: byId } });
}

function reader(more: Spec = {}) {
  const adapter = partnerCenter(emulatorOptions(emulator.url, more), { root });
  if (adapter.invoices === undefined) throw new Error("no invoices");
  return adapter.invoices;
}

const appOnly = { secrets: { clientSecret: defaultApplication.clientSecret } };

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The lines of the only invoice. */
async function linesOf(invoices: ReturnType<typeof reader>): Promise<readonly InvoiceLine[]> {
  const [one] = await all(invoices.list(signal));
  return one === undefined ? [] : all(invoices.lines(one, signal));
}

describe.each([
  ["a user's token", {}],
  ["an application's token", appOnly],
])("with %s", (_, options) => {
  test("invoices, one of them, its lines and the balance are read", async () => {
    holding(invoice);
    const invoices = reader(options);
    const shown = {
      ...{ id: "D0200SAM07", date: "2024-07-15", total: "265.00", paid: "0.00" },
      ...{ currency: "CNY", document: "invoice", forms: ["license"], type: "Recurring" },
    };
    const listed = await all(invoices.list(signal));
    expect(listed).toEqual([shown]);
    expect(await linesOf(invoices)).toMatchObject([
      {
        ...{ number: 1, form: "license", customerId: line.customerId },
        ...{ subscriptionId: line.subscriptionId.toLowerCase(), offerId: line.offerId },
        ...{ from: "2024-07-05", to: "2024-07-14", unitPrice: "50.00", quantity: 5 },
        ...{ amount: "250.00", subtotal: "250.00", tax: "15.00", total: "265.00" },
      },
    ]);
    expect(await all(invoices.balances(signal))).toEqual([
      { amount: "265.00", currency: "CNY", latestInvoice: "2024-07-15" },
    ]);
  });
});

test("the list is read once, however many invoices' lines are read", async () => {
  holding(invoice, { ...invoice, id: "D0200SAM06" });
  const invoices = reader(appOnly);
  for await (const one of invoices.list(signal)) await all(invoices.lines(one, signal));
  const paths = emulator.control.requests().map(({ url }) => url.replace(/\?.*/, ""));
  expect(paths.filter((path) => path.startsWith("/v1/")).sort()).toEqual([
    "/v1/invoices",
    "/v1/invoices/D0200SAM06/lineitems",
    "/v1/invoices/D0200SAM07/lineitems",
  ]);
});

test("all lines are read, page by page, although the links are misspelt", async () => {
  const lines = Array.from({ length: 4500 }, (_, index) => ({ ...line, quantity: index + 1 }));
  holding({ ...invoice, lines });
  const read = await linesOf(reader());
  expect(read.map(({ quantity }) => quantity)).toEqual(lines.map(({ quantity }) => quantity));
  expect(emulator.control.requests().filter(({ url }) => url.includes("/lineitems"))).toHaveLength(
    3,
  );
});

test("lines of new commerce are sought page by page, their numbers being text or not", async () => {
  const [first, second] = [
    itemsOf("lineitems.onetime.response"),
    itemsOf("lineitems.onetime.last-page.response"),
  ];
  const oneTime = Array.from({ length: 1001 }, () => [...first, ...second]).flat();
  holding({ ...invoice, lines: [], oneTime: [{ ...first[0], quantity: 20 }, ...oneTime] });
  const read = await linesOf(reader());
  expect(read).toHaveLength(4005);
  expect(read.slice(0, 5)).toMatchObject([
    { form: "one-time", quantity: 20, amount: "604.80", chargeType: "new" },
    { product: "SAMPLE0000B3:0001", quantity: 20, unitPrice: "30.24", orderId: "5a4d9c0e7b31" },
    { product: "SAMPLE0000D2:0001", customerId: "dde5ee03-a436-589e-bd74-3fdc945bc3ef" },
    { chargeType: "addQuantity", unitPrice: "20.16", quantity: 5, amount: "100.80" },
    { chargeType: "removeQuantity", quantity: -3, amount: "-48.36", from: "2025-06-24" },
  ]);
});

test("void and adjustment notes say what they amend", async () => {
  const note = { ...invoice, documentType: "void_note", amendsOf: "D0200SAM07", id: "D0200SAM08" };
  holding(invoice, note);
  expect(await all(reader().list(signal))).toMatchObject([
    { document: "invoice" },
    { document: "void", amends: "D0200SAM07" },
  ]);
});

test("settings may say that there are no invoices", () => {
  const adapter = partnerCenter(emulatorOptions(emulator.url, { invoices: false }), { root });
  expect(adapter.invoices).toBeUndefined();
});
