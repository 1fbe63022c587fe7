import { afterAll, beforeAll, expect, test } from "vitest";
import { readBills, readInvoices } from "../../src/operations/invoices.ts";
import {
  type EmulatedExample,
  setUpEmulatedExample,
} from "../adapters/partner-center/emulated-example.ts";

let example: EmulatedExample;
beforeAll(async () => {
  example = await setUpEmulatedExample("invoices");
});
afterAll(() => example.close());

test("an account without invoices has none to list, and says so if one is asked for", async () => {
  await example.shop.at(async ({ view }) => {
    expect(await readInvoices(view)).toMatchObject({ ok: true, value: { invoices: [] } });
    for (const wanted of [{}, { id: "D0200SAM07" }, { month: "2026-10" }])
      expect(await readBills(view, wanted)).toMatchObject({
        ok: false,
        diagnostics: [{ code: "invoice/unknown", severity: "error" }],
      });
  });
});
