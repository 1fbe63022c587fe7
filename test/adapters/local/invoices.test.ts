import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import schema from "../../../schemas/documents/invoice.schema.json" with { type: "json" };
import type { InvoiceReader } from "../../../src/model/adapter.ts";
import { folder, open } from "../changes.ts";

const { signal } = new AbortController();
const [bill] = schema.examples;
const other = {
  ...bill,
  invoice: { ...bill?.invoice, id: "D0200SAM08", date: "2026-09-01", paid: "2000.00" },
  lines: [],
};

async function all<T>(items: AsyncIterable<T> | undefined): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items ?? []) found.push(item);
  return found;
}

/** The invoices of a folder with these files. */
function invoices(files: Readonly<Record<string, string>>): InvoiceReader | undefined {
  const root = folder();
  mkdirSync(join(root, "bills"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "bills", name), text);
  return open(root, { invoices: "bills" }).invoices;
}

test("invoices are files as they are printed", async () => {
  const reader = invoices({
    "july.json": JSON.stringify(bill),
    "august.json": JSON.stringify(other),
  });
  const listed = await all(reader?.list(signal));
  expect(listed.map(({ id }) => id)).toEqual(["D0200SAM08", "D0200SAM07"]);
  const [august, july] = listed;
  if (!august || !july) throw new Error("two were listed");
  expect(await all(reader?.lines(july, signal))).toEqual(bill?.lines);
  expect(await all(reader?.lines(august, signal))).toEqual([]);
  // 2,385.00 of July, and 385.00 of August.
  expect(await all(reader?.balances(signal))).toEqual([
    { amount: "2770.00", currency: "CNY", latestInvoice: "2026-09-01" },
  ]);
});

test.each([
  ["is no JSON", "{"],
  ["is another document", '{"version":1,"plan":{}}'],
  ["has lines alone", '{"version":1,"lines":[]}'],
])("a file that %s is none", async (_, text) => {
  await expect(all(invoices({ "july.json": text })?.list(signal))).rejects.toMatchObject({
    problem: "unavailable",
    message: expect.stringContaining("does not hold invoices"),
  });
});

test("a folder that is not there is told", async () => {
  const reader = open(folder(), { invoices: "nowhere" }).invoices;
  await expect(all(reader?.list(signal))).rejects.toMatchObject({ problem: "unavailable" });
});

test("without the option there are none", () => {
  expect(open(folder()).invoices).toBeUndefined();
});
