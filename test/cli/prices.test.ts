import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, settings } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const lists = join(import.meta.dirname, "../kinds/price-lists");
const e3 = "5FA4F213-638C-5693-ADE5-924129D90D90";

/** A project whose prices are in this file. */
function projectWith(name: string, text?: string): string {
  const place = folderWith({
    "partnerctl.yaml": settings({}, { priceLists: [{ file: name, effective: "2026-11-01" }] }),
  });
  if (text === undefined) cpSync(join(lists, name), join(place, name));
  else writeFileSync(join(place, name), text);
  return place;
}

const offers = (place: string, ...more: string[]) =>
  partnerctl(place, ["offers", "--at", "2026-11-30", ...more]);

test("the licence-based price list prices the offers of the catalogue on its day", async () => {
  const said = await offers(projectWith("licence-based.csv"), "--format", "json");
  expect(said).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(said.stdout).offers.find(({ id }: { id: string }) => id === e3)).toMatchObject({
    perMonth: "120.00",
    currency: "CNY",
  });
});

test("columns with names of their own are named in the settings", async () => {
  const place = projectWith("named-columns.csv");
  expect(await offers(place)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("priceLists[].columns.offerId"),
  });
  const file = join(place, "partnerctl.yaml");
  const named =
    '"effective":"2026-11-01","columns":{"offerId":"产品编号","perMonth":"月单价","perYear":"年单价","currency":"币种"}';
  const text = readFileSync(file, "utf8").replace(/"effective":\s*"2026-11-01"/, named);
  writeFileSync(file, text);
  expect(await offers(place)).toMatchObject({
    status: 0,
    stderr: "",
    stdout: expect.stringContaining("CNY 120.00/month"),
  });
});

test.each([
  ["workbook.xlsx", "price-list/workbook"],
  ["new-commerce.csv", "price-list/form"],
])("%s is refused as %s", async (name, code) => {
  expect(await offers(projectWith(name))).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining(code),
  });
});

test.each([
  [
    "Offer ID,Price per month\nsomething else,150\n",
    "has 1 prices, and none of them is for an offer of the catalogue",
  ],
  [
    `Offer ID,List Price,Valid To Date\n${e3},150,10/31/2026\n`,
    "has no price that is in force on 2026-11-30",
  ],
])("a list that prices no offer is warned of", async (text, message) => {
  const said = await offers(projectWith("prices.csv", text));
  expect(said).toMatchObject({ status: 0, stderr: expect.stringContaining("price-list/no-match") });
  expect(said.stderr).toContain(message);
});
