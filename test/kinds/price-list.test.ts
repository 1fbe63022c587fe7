import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/kinds/catalogue.ts";
import { rows } from "../../src/kinds/csv.ts";
import { offerRows } from "../../src/kinds/offer-rows.ts";
import { parsePriceList } from "../../src/kinds/price-list.ts";
import type { Spec } from "../../src/model/json.ts";
import { offer } from "./account.ts";

const head = "Offer ID,Price per month,Price per year,Currency";

function prices(text: string) {
  const parsed = parsePriceList(text, "prices.csv");
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join("; "));
  return { currency: parsed.value.currency, prices: Object.fromEntries(parsed.value.prices) };
}

describe("a price list", () => {
  test.each<readonly [string, string, object]>([
    ["with all columns", `${head}\na1,150,1746,CNY\n`, { A1: { perMonth: "150", perYear: "1746" } }],
    ["with a byte order mark and CRLF", `\ufeff${head}\r\na1,150,1746,CNY\r\n`, { A1: { perMonth: "150", perYear: "1746" } }],
    ["with the reconciliation files' name of the id", "DurableOfferID,MonthlyPrice\na1,150.5\n", { A1: { perMonth: "150.5" } }],
    ["with spaces in the names", "Durable Offer ID, price_per_year\na1,1746.00\n", { A1: { perYear: "1746.00" } }],
    ["with other columns in between", `Name,${head},Notes\n"E3, big",a1,150,,CNY,"say ""hi"""\n`, { A1: { perMonth: "150" } }],
    ["with thousands in quotes", `${head}\na1,"1,500.50","12,345,678",CNY\n`, { A1: { perMonth: "1500.50", perYear: "12345678" } }],
    [
      "with blank lines and no last line break",
      `${head}\n\na1,150,,CNY\n,,,\nb2,1,,CNY`,
      { A1: { perMonth: "150" }, B2: { perMonth: "1" } },
    ],
    [
      "with a line break inside quotes",
      `${head},Notes\na1,150,,CNY,"one\ntwo"\nb2,2,,CNY,x\n`,
      { A1: { perMonth: "150" }, B2: { perMonth: "2" } },
    ],
    ["with no rows", `${head}\n`, {}],
  ])("%s", (_, text, expected) => {
    expect(prices(text)).toEqual({ currency: "CNY", prices: expected });
  });

  test("in another currency", () => {
    expect(prices(`${head}\na1,1,,usd\nb2,1,,USD\n`).currency).toBe("USD");
  });
});

test.each<readonly [string, string, readonly (readonly [string, number])[]]>([
  ["nothing", "", [["empty", 1]]],
  ["no column of ids", "Price per month\n1\n", [["column", 1]]],
  ["no column of prices", "Offer ID\na1\n", [["column", 1]]],
  [
    "neither",
    "Name\nE3\n",
    [
      ["column", 1],
      ["column", 1],
    ],
  ],
  ["a price with letters", `${head}\na1,free,,CNY\n`, [["price", 2]]],
  ["three digits after the point", `${head}\na1,1.505,,CNY\n`, [["price", 2]]],
  ["a negative price", `${head}\na1,-1,,CNY\n`, [["price", 2]]],
  ["a price in the local way", `${head}\na1,"1.500,50",,CNY\n`, [["price", 2]]],
  ["thousands outside quotes", `${head}\na1,1,500,1746,CNY\n`, [["row", 2]]],
  ["a short row", `${head}\na1,150\n`, [["row", 2]]],
  ["no id", `${head}\n,150,,CNY\n`, [["offer-id", 2]]],
  ["an offer twice, whatever its letters", `${head}\na1,150,,CNY\nA1,150,,CNY\n`, [["duplicate", 3]]],
  ["two currencies", `${head}\na1,150,,CNY\nb2,150,,USD\n`, [["currency", 3]]],
  ["no currency", `${head}\na1,150,,\n`, [["currency", 2]]],
  ["a quote left open", `${head}\na1,150,,CNY\nb2,"150,,CNY\n`, [["quote", 3]]],
  ["text after a quote", `${head}\na1,"150"x,,CNY\n`, [["quote", 2]]],
  ["a quote left open in the first row", `"Offer ID\na1,150\n`, [["quote", 1]]],
  [
    "all at once, with the lines they are on",
    `${head},Notes\na1,x,y,CNY,"a\nb"\n,1,,CNY,\nb2,1,,??,\n`,
    [
      ["price", 2],
      ["price", 2],
      ["offer-id", 4],
      ["currency", 5],
    ],
  ],
])("is refused: %s", (_, text, expected) => {
  const parsed = parsePriceList(text, "prices.csv");
  expect(parsed.ok).toBe(false);
  expect(parsed.diagnostics.map(({ code, at }) => [code, at?.line])).toEqual(expected.map(([what, line]) => [`price-list/${what}`, line]));
  for (const { at } of parsed.diagnostics) expect(at?.excerpt).toBe(text.split("\n")[(at?.line ?? 0) - 1]);
});

test("what cells hold comes back, whatever it is", () => {
  const cell = fc.string({ unit: "binary-ascii" });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), fc.constantFrom("\n", "\r\n", "\r"), (table, end) => {
      const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",") + end).join("");
      const full = table.filter((row) => row.some((one) => one.trim() !== ""));
      expect(rows(text).rows.map(({ cells }) => cells)).toEqual(full);
    }),
  );
});

test("any text is either a price list or refused with a place", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `${head}\n${text}`),
        fc.stringMatching(/^[",\n\ra1]*$/),
      ),
      (text) => {
        const parsed = parsePriceList(text, "prices.csv");
        if (!parsed.ok)
          for (const { at, code } of parsed.diagnostics) expect([at?.file, code.startsWith("price-list/")]).toEqual(["prices.csv", true]);
      },
    ),
  );
});

describe("the catalogue", () => {
  const offers: Readonly<Record<string, Spec>> = {
    a1: offer("Year", { term: { unit: "year", count: 1 } }),
    m1: offer("Month", { term: { unit: "month", count: 1 } }),
    y3: offer("Three years", { term: { unit: "year", count: 3 } }),
    d1: offer("Day", { term: { unit: "day", count: 1 } }),
    none: offer("Unpriced"),
  };
  const observed = Object.entries(offers).map(([id, spec]) => ({ kind: "Offer", id, key: id, spec }));
  const list = parsePriceList(`${head}\na1,52,605.28,CNY\nm1,10,,CNY\ny3,10,100.01,CNY\nd1,1,,CNY\ngone,1,8,CNY\n`, "prices.csv");
  const book = catalogue(observed, list.ok ? list.value : undefined);

  test("finds an offer whatever its letters", () => {
    expect([book.find("A1"), book.find("a1"), book.find("zz")]).toEqual([offers.a1, offers.a1, undefined]);
  });

  test.each<readonly [string, string, string | undefined, object | undefined]>([
    ["by the month", "A1", "monthly", { perMonth: "52.00", committed: "624.00", months: 12, currency: "CNY" }],
    ["by the month where nothing is said", "a1", undefined, { perMonth: "52.00", committed: "624.00", months: 12, currency: "CNY" }],
    ["by the year, exactly", "a1", "annual", { perMonth: "50.44", committed: "605.28", months: 12, currency: "CNY" }],
    ["for a month", "m1", "monthly", { perMonth: "10.00", committed: "10.00", months: 1, currency: "CNY" }],
    ["for three years", "y3", "annual", { perMonth: "8.33", committed: "300.03", months: 36, currency: "CNY" }],
    [
      "for a day: a month is the least that is counted",
      "d1",
      "monthly",
      { perMonth: "1.00", committed: "1.00", months: 1, currency: "CNY" },
    ],
    ["by the year, where there is no such price", "m1", "annual", undefined],
    ["an offer without a price", "none", "monthly", undefined],
    ["a price without an offer is for a year", "gone", "annual", { perMonth: "0.67", committed: "8.00", months: 12, currency: "CNY" }],
  ])("prices one unit %s", (_, id, billingCycle, expected) => {
    expect(book.price(id, billingCycle)).toEqual(expected);
  });

  test("has no prices without a list", () => {
    expect(catalogue(observed).price("a1", "monthly")).toBeUndefined();
  });

  test("is listed with names and prices", () => {
    const [row] = offerRows(observed.slice(0, 1), book, { year: "A1" });
    expect(row).toMatchObject({ id: "a1", name: "Year", alias: "year", perMonth: "52.00", currency: "CNY", purchasable: true });
  });
});
